// Code wider than its panel can be scrolled from the keyboard.
document$.subscribe(() => {
  const tidy = () => {
    for (const code of document.querySelectorAll("pre > code")) if (code.scrollWidth > code.clientWidth) code.tabIndex = 0;
  };
  const article = document.querySelector("article");
  new MutationObserver(tidy).observe(article, { subtree: true, childList: true, attributeFilter: ["open"] });
  new ResizeObserver(() => setTimeout(tidy, 100)).observe(article);
});
