// The glossary's strip of letters gets a filter: terms that do not say what is typed are hidden, and letters without terms with
// them. Hangul counts key by key, so that ㅅ and 소ㅍ find 소프트맥스. Without scripts the strip is plain links.
// On a phone the terms are a list of names: a tap opens one, and so do a link to it, a search in the page (`until-found`) and a filter
// that leaves few.
{
  const TEXT = reader.words("letters");
  const strip = document.querySelector(".letters");
  const FEW = 5; // so many are shown with their meanings
  const HEADS = [..."ㄱㄲ ㄴ  ㄷㄹ       ㅁㅂ ㅅㅆㅇㅈㅊㅋㅌㅍㅎ"]; // of each last consonant the same as a first one
  const split = (text) => text.normalize("NFKD").toLowerCase().replace(/[\s\-–·]/g, "");
  const begun = (text) => text.replace(/[\u11a8-\u11c2]$/, (tail) => HEADS[tail.charCodeAt() - 0x11a8].normalize("NFKD"));

  const words = (part) => [...part.childNodes].map((node) => (node.nodeName === "A" ? "" : node.textContent)).join(""); // not the lessons

  const letters = [...strip.querySelectorAll("a")].map((link) => {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    const entries = [];
    for (let next = heading.nextElementSibling; next && next.tagName !== "H2"; next = next.nextElementSibling) {
      if (next.tagName === "H3") entries.push({ name: next, parts: [] });
      entries.at(-1)?.parts.push(next);
    }
    for (const entry of entries) entry.said = split([...entry.parts.map(words), entry.name.dataset.typed].join(" "));
    return { link, heading, entries };
  });

  const all = letters.flatMap(({ entries }) => entries);
  const phone = matchMedia("screen and (max-width: 44.984375em)");
  const folds = () => phone.matches && "onbeforematch" in document.body;
  const show = (entry) => {
    const folded = folds() && !entry.open;
    for (const part of entry.parts) part.hidden = entry.out || (folded && part !== entry.name && "until-found");
    entry.button?.setAttribute("aria-expanded", !folded);
  };
  const open = (entry, whether = true) => {
    entry.open = whether;
    show(entry);
  };
  const fold = () => {
    for (const entry of all) {
      const { name, button } = entry;
      if (folds() && !button) {
        entry.button = reader.button("");
        entry.button.className = "term-button";
        entry.button.append(...[...name.childNodes].filter((node) => node.className !== "headerlink"));
        entry.button.addEventListener("click", () => open(entry, !entry.open));
        name.prepend(entry.button);
      } else if (!folds() && button) {
        button.replaceWith(...button.childNodes);
        delete entry.button;
      }
      show(entry);
    }
  };
  const asked = () => {
    const entry = all.find(({ name }) => `#${name.id}` === location.hash);
    if (!entry || !folds()) return;
    open(entry);
    entry.name.scrollIntoView();
  };
  for (const entry of all) for (const part of entry.parts) part.addEventListener("beforematch", () => open(entry));
  phone.addEventListener("change", fold);
  addEventListener("hashchange", asked);
  fold();
  asked();

  const input = Object.assign(document.createElement("input"), { type: "search", placeholder: TEXT.filter, ariaLabel: TEXT.filter });
  Object.assign(input, { autocomplete: "off", spellcheck: false });
  const count = document.createElement("output");
  strip.append(input, count);
  input.addEventListener("input", () => {
    const typed = split(input.value);
    const right = ({ said }) => said.includes(typed) || said.includes(begun(typed));
    let shown = 0;
    for (const { link, heading, entries } of letters) {
      const found = entries.filter(right);
      shown += found.length;
      for (const entry of entries) entry.out = !found.includes(entry);
      for (const part of [link, heading]) part.hidden = !found.length;
    }
    for (const entry of all) open(entry, typed !== "" && shown <= FEW);
    count.textContent = typed ? TEXT.found.replace("{count}", shown) : "";
    const { top, height } = strip.getBoundingClientRect();
    const stuck = strip.previousElementSibling.getBoundingClientRect().bottom < top - height;
    if (stuck) scrollTo(0, strip.previousElementSibling.offsetTop);
  });
  input.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !input.value) return;
    input.value = "";
    input.dispatchEvent(new Event("input"));
  });
}
