// Words of a query and of texts: what a query asks for, and where a text says it. First part of the search worker, with rank.js
// and worker.js; the build puts the three into assets/search-worker.js.

const SYNONYM = 0.8; // what a match is worth that is another name for what was typed
const QUALITY = { whole: 1, start: 0.5, inside: 0.35, short: 0.3 };
const GAP = "[\\s_.\\-‐-–]*"; // what may stand between the parts of a name in Latin letters
const ENDING = /(?<=[a-z]{4})(?:ing|ed|es|e|(?<!s)s)$/;
const WORD = /[a-z0-9]+|[가-힣]+|[α-ω]+/g;
const QUERY_WORD = /[a-z0-9]+(?:_[a-z0-9]+)*|[가-힣]+|[α-ω]+/g; // names in code stay whole
const CALL = /([a-z]\w+)\(([\x00-\x7f]*?)(?:\)|$)/g;

let names = new Map(); // from each name, without blanks and signs, to all names of the terms that it may mean
let ignored = new Set();
let particles, verbs;

// Letters as they are compared: small, whole, and one form for those that Unicode has in several (full width, bold, half width).
// Each stays at its place, so that a match can be marked in the text itself; what becomes longer, or a sign of HTML, stays as it is.
const fold = (text) =>
  text.toLowerCase().replace(/[^\x00-\x7f]/g, (letter) => {
    const plain = letter.normalize("NFKC").toLowerCase();
    return plain.length === letter.length && !/[<>&]/.test(plain) ? plain : letter;
  });

// A query as it is compared: what nobody sees is left out, and letters that were typed without an input method, in whatever
// width (ㅅㅗㅍㅡㅌㅡㅁㅐㄱㅅㅡ), become syllables. Unicode joins all of these but for the last consonant of a syllable.
const HEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const TAILS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";
const ended = (both, syllable, head) => {
  const [code, tail] = [syllable.charCodeAt(), TAILS.indexOf(HEADS[head.charCodeAt() - 0x1100])];
  return (code - 0xac00) % TAILS.length || tail < 0 ? both : String.fromCharCode(code + tail);
};
const comparable = (typed) =>
  typed
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, "")
    .normalize("NFKC")
    .replace(/([가-힣])([\u1100-\u1112])/g, ended)
    .toLowerCase()
    .trim();

const joined = (words) => words.join("").replaceAll("_", "");
const squeezed = (text) => joined(fold(text).match(WORD) || []);
const isHangul = (text) => /[가-힣]/.test(text);

// Takes what the index says of words.
function learn({ same, ignore, particle, verb }) {
  particles = new RegExp(`(?:${particle})+$`);
  verbs = new RegExp(`(?:${verb})$`);
  ignored = new Set(ignore);
  names = new Map();
  for (const group of same)
    for (const name of group.map(squeezed))
      names.set(name, [...(names.get(name) || []), ...group.map(fold)]);
}

// A word without what does not make it another word: a particle, an ending.
function stem(word) {
  if (!isHangul(word)) return word.replace(ENDING, "");
  for (const rest of [verbs, particles, verbs]) {
    if (names.has(word)) return word;
    const start = word.search(rest);
    for (let at = Math.max(start, 2); start > -1 && at < word.length; at++)
      if (names.has(word.slice(0, at)) && rest.test(word.slice(at))) return word.slice(0, at);
    if (start > 1) word = word.slice(0, start);
    else if (start === 1 && word.length > 2) word = word.replace(/[을를은는]$/, "");
  }
  return word;
}

const known = (word) => [word, stem(word)].find((form) => names.has(form));

// Of a call that is pasted, what a reader's own variables are called says nothing.
const keywords = (_, name, given) => [name, ...given.split(",").filter((argument) => argument.includes("="))].join(" ") + " ";

// What a query asks for, in order. The same word is asked for once.
function concepts(query) {
  const words = query.replace(CALL, keywords).match(QUERY_WORD) || [];
  const found = [];
  for (let i = 0; i < words.length;) {
    const lengths = [4, 3, 2, 1].filter((length) => i + length <= words.length);
    const length = lengths.find((length) => known(joined(words.slice(i, i + length))));
    found.push(...(length ? [known(joined(words.slice(i, i + length)))] : parts(words[i])));
    i += length || 1;
  }
  const telling = (word) => !ignored.has(word) && (word.length > 1 || isHangul(word)) && word.replace(particles, "");
  const kept = found.filter(telling);
  const inCode = (word) => words.find((name) => name.includes("_") && joined([name]) === joined([word]));
  return [...new Set(kept.length ? kept : found)].map((word) => concept(word, inCode(word)));
}

// A word that is not known: two that are, written together, or itself.
function parts(word) {
  for (let cut = 2; cut < word.length - 1; cut++) {
    const halves = [known(word.slice(0, cut)), known(word.slice(cut))];
    if (halves[0]?.length === cut && halves[1]) return halves;
  }
  return [ignored.has(word) ? word : stem(word)];
}

// A word with what finds it and its other names; `name` is how it stands in code.
function concept(word, name) {
  const others = [...new Set(names.get(word))];
  const typed = name || others.find((other) => squeezed(other) === word) || word;
  return { word, name, typed: pattern([typed]), others: others.length ? pattern(others) : null };
}

// What finds names in a text, wherever they stand.
function pattern(forms) {
  const sources = forms.map((form) => {
    if (!isHangul(form)) return (form.match(WORD) || []).join(GAP);
    return (form.length < 9 ? [...form.replace(/[^a-z0-9가-힣]/g, "")] : form.match(WORD)).join("[\\s\\-]?");
  });
  return new RegExp(sources.sort((a, b) => b.length - a.length).join("|"), "g");
}

// Where a text says something, and how well each place fits: as a whole word, as the beginning of one, in Korean within one.
function matches(text, { typed, others }) {
  const places = (finder, worth) =>
    [...(finder ? text.matchAll(finder) : [])].map(({ index, 0: { length } }) => {
      return { start: index, end: index + length, quality: worth * fit(text, index, index + length) };
    });
  return apart([...places(typed, 1), ...places(others, SYNONYM)].filter(({ quality }) => quality));
}

function fit(text, start, end) {
  const word = text.slice(start, end);
  const rest = text.slice(end).match(isHangul(word) ? /^[가-힣]*/ : /^[a-z0-9]*/)[0];
  if (!isHangul(word)) {
    if (/[a-z0-9]/.test(text[start - 1] || "")) return 0;
    if (!rest || (word.length > 2 && /^(?:s|es|ed|e|ing|ting|d)$/.test(rest))) return QUALITY.whole;
    if (word.length < 3) return 0;
    return word.length > 3 ? QUALITY.start : QUALITY.short;
  }
  if (isHangul(text[start - 1] || "")) return word.length > 1 ? QUALITY.inside : 0;
  if (!rest.replace(particles, "")) return QUALITY.whole;
  return word.length > 1 ? QUALITY.start : 0;
}

// Of places that overlap the best one; in order.
function apart(places) {
  const kept = [];
  for (const place of places.sort((a, b) => b.quality - a.quality || b.end - b.start - (a.end - a.start)))
    if (!kept.some(({ start, end }) => place.start < end && start < place.end)) kept.push(place);
  return kept.sort((a, b) => a.start - b.start);
}
