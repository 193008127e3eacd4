// Words of a query and of texts: what a query asks for, and where a text says it. First part of the search, with rank.js and
// worker.js; the build joins the three (lessonkit/adapters/files.py).

const SYNONYM = 0.8; // what a match is worth that is another name for what was typed
const IN_CODE = 0.5; // the same, for a name in code
const QUALITY = { whole: 1, start: 0.5, inside: 0.35, short: 0.3 };
const GAP = "[\\s_.\\-‐-–]*"; // what may stand between the parts of a name in Latin letters
const BRITISH = /(?<=[a-z]{3}i)s(?=(?:e|ed|es|er|ing|ation)$)/;
const ENDING = /(?<=[a-z]{4})(?:ing|ed|es|e|(?<!s)s)$/;
const WORD = /[a-z0-9]+|[가-힣]+|[α-ω]+/g;
const QUERY_WORD = /\d+\.\d+|\.?[a-z0-9]+(?:_[a-z0-9]+)*|[가-힣\u1100-\u1112]+|[α-ω]+/g; // names in code and decimals stay whole
const CALL = /\.?([a-z]\w+)\(([\x00-\x7f]*?)(?:\)|$)/g;

let names = new Map(); // from each name, without blanks and signs, to all names of the terms that it may mean
let vocabulary = new Map(); // from each name and each word of a section to the keys that type it
let inLatin = new Map(); // from what these keys type in Latin letters to the Korean word
let guesses = []; // the words that a reader may have meant: names, and the words of titles
let meantAs = ""; // how a reader is asked
let ignored = new Set();
let particle, particles, verbs;

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
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, "")
    .toLowerCase()
    .trim();

// The keys that type a word: Hangul letter by letter, double ones as two. ㅅ, 소ㅍ and 소픝 are beginnings of 소프트맥스.
const DOUBLE = new Map(
  "ㅘㅗㅏ ㅙㅗㅐ ㅚㅗㅣ ㅝㅜㅓ ㅞㅜㅔ ㅟㅜㅣ ㅢㅡㅣ ㄳㄱㅅ ㄵㄴㅈ ㄶㄴㅎ ㄺㄹㄱ ㄻㄹㅁ ㄼㄹㅂ ㄽㄹㅅ ㄾㄹㅌ ㄿㄹㅍ ㅀㄹㅎ ㅄㅂㅅ"
    .split(" ")
    .map(([one, ...two]) => [one, two.join("")]),
);
const keys = (word) =>
  word.replace(/[가-힣\u1100-\u1112\u1161-\u1175]/g, (syllable) => {
    const code = syllable.charCodeAt() - 0xac00;
    const vowel = (number) => String.fromCharCode(0x314f + number);
    const letters =
      code >= 0
        ? [HEADS[Math.trunc(code / 588)], vowel(Math.trunc((code % 588) / 28)), TAILS[code % 28].trim()]
        : [HEADS[syllable.charCodeAt() - 0x1100] || vowel(syllable.charCodeAt() - 0x1161)];
    return letters.map((key) => DOUBLE.get(key) || key).join("");
  });

// The same keys where the keyboard types Latin letters: thvmxmaortm types 소프트맥스, and ㅐㅔ샤ㅡㅑㅋㄷㄱ types optimizer.
const KEYBOARD = "ㅁㅠㅊㅇㄷㄹㅎㅗㅑㅓㅏㅣㅡㅜㅐㅔㅂㄱㄴㅅㅕㅍㅈㅌㅛㅋ"; // from a to z
const SHIFTED = { ㅃ: "q", ㅉ: "w", ㄸ: "e", ㄲ: "r", ㅆ: "t", ㅒ: "o", ㅖ: "p" };
const latin = (keys) => keys.replace(/[ㄱ-ㅣ]/g, (key) => SHIFTED[key] || String.fromCharCode(97 + KEYBOARD.indexOf(key)));

const joined = (words) => words.join("").replace(/[_.]/g, "");
const squeezed = (text) => joined(fold(text).match(WORD) || []);
const isHangul = (text) => /[가-힣\u1100-\u1112\u1161-\u1175]/.test(text);

// Takes what the index says of words.
function learn({ same, ignore, particle: one, verb, meant }) {
  meantAs = meant;
  particle = new RegExp(`^(?:${one})`);
  particles = new RegExp(`(?:${one})+$`);
  verbs = new RegExp(`(?:${verb})$`);
  ignored = new Set(ignore);
  names = new Map();
  for (const group of same)
    for (const name of group.map(squeezed))
      names.set(name, [...(names.get(name) || []), ...group.map(fold)]);
}

// Takes the words of the sections.
function read(texts, titles) {
  const words = texts.flatMap((text) => text.match(WORD) || []);
  vocabulary = new Map([...new Set([...names.keys(), ...words])].map((word) => [word, keys(word)]));
  inLatin = new Map([...vocabulary].filter(([word]) => isHangul(word)).map(([word, keys]) => [latin(keys), word]));
  guesses = [...new Set([...names.keys(), ...titles.flatMap((title) => title.match(WORD) || [])])];
}

// A word without what does not make it another word: a particle, an ending.
function stem(word) {
  if (!isHangul(word)) return word.replace(BRITISH, "z").replace(ENDING, "");
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

const known = (word) => [word, stem(word), ...conjugated(word)].find((form) => names.has(form));

// The beginnings of a Korean word that may be a verb or an adjective in another form: 안 줄어요, 쌓이는데, 올라가요. What follows
// is no ending if it is a name itself: 가중치기울기.
const PREDICATE = /^(?:[어아여었았지는은을면고음기네나던요서며니져졌짐갔갑감왔옴]|으면|가[요는서도면]|와[요서])[가-힣]{0,2}$/;
const isEnding = (rest) => PREDICATE.test(rest) && !names.has(rest);
const conjugated = (word) =>
  isHangul(word) ? [3, 2, 1].map((at) => word.slice(0, -at)).filter((form) => form.length > 1 && isEnding(word.slice(form.length))) : [];

// Of a call that is pasted, what a reader's own variables are called says nothing; a call in it does.
const keywords = (_, name, given) => [`.${name}`, ...given.split(",").filter((argument) => /[=(]/.test(argument))].join(" ") + " ";

// What a query asks for, in order. The same word is asked for once. Of loss.backward() it is the method; the last word may go on.
function concepts(query) {
  const words = query.replace(CALL, keywords).match(QUERY_WORD) || [];
  const goesOn = /[a-z0-9가-힣\u1100-\u1112]$/.test(query);
  const found = [];
  for (let i = 0; i < words.length;) {
    const lengths = [4, 3, 2, 1].filter((length) => i + length <= words.length);
    const said = (length) => joined(words.slice(i, i + length));
    const length = lengths.find((length) => known(said(length)));
    const begun = goesOn && !length && lengths.find((length) => i + length === words.length && begins(said(length)));
    const isObject = (length || 1) === 1 && words[i + 1]?.startsWith(".");
    if (!isObject) found.push(...(length ? [known(said(length))] : begun ? [said(begun)] : parts(words[i])));
    i += length || begun || 1;
  }
  const telling = (word) => !ignored.has(word) && (word.length > 1 || isHangul(word)) && word.replace(particles, "");
  const kept = found.filter(telling);
  const inCode = (word) => words.find((name) => /[_.]/.test(name) && joined([name]) === word);
  const last = found.at(-1);
  return [...new Set(kept.length ? kept : found)].map((word) => concept(word, inCode(word), goesOn && word === last));
}

// A word that is not known: two that are, written together; a Korean sentence that is; or itself.
function parts(word) {
  for (let cut = 2; cut < word.length - 1; cut++) {
    const halves = [known(word.slice(0, cut)), known(word.slice(cut))];
    if (halves[0]?.length === cut && halves[1]) return halves;
  }
  if (ignored.has(word) || /[.]/.test(word)) return [word];
  const whole = stem(word);
  const isOne = !isHangul(word) || whole.length < 5 || vocabulary.has(whole) || meant(word) || meant(whole);
  return isOne ? [whole] : spaced(word);
}

// The words of a Korean sentence that is written without blanks (학습률을어떻게정하나요), as far as they are known.
function spaced(sentence) {
  if (known(sentence)) return [known(sentence)];
  const upTo = (isWord) => [...sentence].findLastIndex((_, at) => at > 1 && isWord(sentence.slice(0, at)));
  const named = upTo((begin) => names.has(begin) || ignored.has(begin));
  const cut = named > 0 ? named : upTo((begin) => vocabulary.has(begin));
  if (cut < 0) return [stem(sentence)];
  const rest = sentence.slice(cut).replace(particle, "");
  return [sentence.slice(0, cut), ...(rest.length > 1 ? spaced(rest) : [])];
}

// The words that begin with what is typed, as far as it goes; none if it is a word itself.
function begins(word) {
  if (vocabulary.has(word) || ignored.has(word) || (!isHangul(word) && word.length < 3)) return null;
  const typed = keys(word);
  const whole = [...vocabulary].filter(([, keys]) => keys.startsWith(typed)).map(([word]) => word);
  const far = (name) => [...name].findIndex((_, i) => keys(name.slice(0, i + 1)).startsWith(typed)) + 1;
  const starts = [...new Set(whole.map((name) => name.slice(0, far(name))))];
  return whole.length ? { starts, names: typed.length < 3 ? [] : whole.flatMap((name) => names.get(name) || []) } : null;
}

// The first word of a query that was typed while the keyboard was set to the other letters, with the word that was meant.
function otherwiseSet(query) {
  for (const typed of query.match(/[가-힣\u1100-\u1175]+|[a-z]{4,}/g) || []) {
    const other = latin(keys(typed));
    const right = isHangul(typed) ? other.length > 2 && vocabulary.has(other) && other : inLatin.get(typed);
    if (right && !vocabulary.has(typed) && !ignored.has(typed)) return [typed, right];
  }
  return null;
}

// The word that was meant by one that is nowhere: one key is wrong, missing, too many, or two are in the wrong order.
function meant(word) {
  const typed = keys(word);
  if (typed.length < 5 || /[.\d]/.test(word)) return null;
  return guesses.find((name) => {
    const right = vocabulary.get(name) || "";
    if (name === word || Math.abs(right.length - typed.length) > 1) return false;
    let at = 0;
    while (at < typed.length && typed[at] === right[at]) at++;
    const [[a, b, ...c], [d, e, ...f]] = [typed.slice(at), right.slice(at)];
    const rest = (...letters) => letters.flat().filter(Boolean).join("");
    return rest(b, c) === rest(d, e, f) || rest(a, b, c) === rest(e, f) || rest(b, c) === rest(e, f) || rest(b, a, c) === rest(d, e, f);
  });
}

// A word with what finds it and its other names; `name` is how it stands in code. The last word of a query may go on.
function concept(word, name, goesOn = false) {
  const others = [...new Set(names.get(word))];
  const begun = goesOn && !others.length && !name ? begins(word) : null;
  if (begun) return { word, begun, typed: pattern(begun.starts), others: begun.names.length ? pattern([...new Set(begun.names)]) : null };
  if (/^\d+[.]/.test(word)) return { word, typed: decimal(word), others: null };
  const method = [word, name].find((one) => one?.[0] === ".");
  if (method) return { word, name: method, typed: called(method), others: others.length ? pattern(others) : null };
  const typed = name || others.find((other) => squeezed(other) === word) || word;
  return { word, name, typed: pattern([typed]), others: others.length ? pattern(others) : null };
}

// What finds a method: .item, and item() as a sentence has it.
const called = (method) => new RegExp(`\\${method}(?![a-z0-9_])|(?<![a-z0-9_.])${method.slice(1)}(?=[(])`, "g");

// What finds a decimal with more digits, or with fewer.
function decimal(word) {
  const digits = word.split(".")[1].length;
  const shorter = Array.from({ length: Math.max(0, digits - 3) }, (_, i) => (+word).toFixed(i + 3));
  const below = `${(+word - 10 ** -digits).toFixed(digits)}[5-9]`;
  return new RegExp([word, below].map((start) => `${start}\\d*`).concat(shorter).join("|").replaceAll(".", "[.]"), "g");
}

// What finds names in a text, wherever they stand; of ㅋㅋ, in which there is no word, nothing.
function pattern(forms) {
  const sources = forms.map((form) => {
    if (!isHangul(form)) return (form.match(WORD) || []).map(thousands).join(GAP);
    return (form.length < 9 ? [...form.replace(/[^a-z0-9가-힣]/g, "")] : form.match(WORD) || []).join("[\\s\\-]?");
  });
  const finding = sources.filter(Boolean).sort((a, b) => b.length - a.length);
  return new RegExp(finding.join("|") || "(?!)", "g");
}

// 4083 is 4,083, too.
const thousands = (word) => (/^\d+$/.test(word) ? word.replace(/\B(?=(?:\d{3})+$)/g, ",?") : word);

// Where a text says something, and how well each place fits: as a whole word, as the beginning of one, in Korean within one.
function matches(text, { typed, others, name, begun }) {
  const places = (finder, worth) =>
    [...(finder ? text.matchAll(finder) : [])].map(({ index, 0: { length } }) => {
      return { start: index, end: index + length, quality: worth * fit(text, index, index + length, begun) };
    });
  return apart([...places(typed, 1), ...places(others, name ? IN_CODE : SYNONYM)].filter(({ quality }) => quality));
}

function fit(text, start, end, begun) {
  const word = text.slice(start, end);
  const rest = text.slice(end).match(isHangul(word) ? /^[가-힣]*/ : /^[a-z0-9]*/)[0];
  if (!isHangul(word)) {
    if (word[0] !== "." && /[a-z0-9]/.test(text[start - 1] || "")) return 0;
    if (!rest || (word.length > 2 && /^(?:s|es|ed|e|ing|ting|d)$/.test(rest))) return QUALITY.whole;
    if (word.length < 3) return 0;
    return word.length > 3 ? QUALITY.start : QUALITY.short;
  }
  if (isHangul(text[start - 1] || "")) return word.length > 1 ? QUALITY.inside : 0;
  if (!rest.replace(particles, "")) return QUALITY.whole;
  return word.length > 1 || begun ? QUALITY.start : 0;
}

// Of places that overlap the best one; in order.
function apart(places) {
  const kept = [];
  for (const place of places.sort((a, b) => b.quality - a.quality || b.end - b.start - (a.end - a.start)))
    if (!kept.some(({ start, end }) => place.start < end && start < place.end)) kept.push(place);
  return kept.sort((a, b) => a.start - b.start);
}
