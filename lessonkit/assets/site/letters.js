// The glossary's strip of letters gets a filter: terms that do not say what is typed are hidden, and letters without terms with
// them. Hangul counts key by key, so that ㅅ and 소ㅍ find 소프트맥스. Without scripts the strip is plain links.
{
  const TEXT = reader.words("letters");
  const strip = document.querySelector(".letters");
  const HEADS = [..."ㄱㄲ ㄴ  ㄷㄹ       ㅁㅂ ㅅㅆㅇㅈㅊㅋㅌㅍㅎ"]; // of each last consonant the same as a first one
  const split = (text) => text.normalize("NFKD").toLowerCase().replace(/[\s\-–·]/g, "");
  const begun = (text) => text.replace(/[\u11a8-\u11c2]$/, (tail) => HEADS[tail.charCodeAt() - 0x11a8].normalize("NFKD"));

  const words = (part) => [...part.childNodes].map((node) => (node.nodeName === "A" ? "" : node.textContent)).join(""); // not the lessons

  const letters = [...strip.querySelectorAll("a")].map((link) => {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    const entries = [];
    for (let next = heading.nextElementSibling; next && next.tagName !== "H2"; next = next.nextElementSibling) {
      if (next.tagName === "H3") entries.push({ parts: [] });
      entries.at(-1)?.parts.push(next);
    }
    for (const entry of entries) entry.said = split(entry.parts.map(words).join(" "));
    return { link, heading, entries };
  });

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
      for (const entry of entries) for (const part of entry.parts) part.hidden = !found.includes(entry);
      for (const part of [link, heading]) part.hidden = !found.length;
    }
    count.textContent = typed ? TEXT.found.replace("{count}", shown) : "";
    if (strip.getBoundingClientRect().top < 100) strip.scrollIntoView();
  });
  input.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !input.value) return;
    input.value = "";
    input.dispatchEvent(new Event("input"));
  });
}
