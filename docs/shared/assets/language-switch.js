// The link to the other language keeps the section being read: sections have the same anchors in every language.
const keepSection = ({ target }) => {
  const link = target.closest(".language-switch");
  if (!link) return;
  const top = (element) => element.getBoundingClientRect().top;
  const read = [...document.querySelectorAll("article :is(h2, h3)[id]")].filter((heading) => top(heading) < 120).pop();
  const aim = document.querySelector("article :target");
  link.hash = aim && top(aim) > 0 && top(aim) < innerHeight ? aim.id : (read?.id ?? "");
};
addEventListener("click", keepSection);
addEventListener("auxclick", keepSection);
