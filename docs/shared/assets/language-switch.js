// The link to the other language leads to the section being read; sections have the same anchors in every language.
document.addEventListener("click", ({ target }) => {
  const link = target.closest?.(".language-switch");
  if (!link) return;
  const top = document.querySelector(".md-header").offsetHeight + 60;
  const read = [...document.querySelectorAll("article :is(h2, h3)[id]")].filter((heading) => heading.getBoundingClientRect().top < top);
  link.hash = read.length ? read.at(-1).id : "";
});
