// Light or dark: what the reader chose, else what the device prefers. The choice is kept where Material's first script looks for it.
{
  const { dataset } = document.body;
  const button = document.querySelector(".scheme-switch");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const show = (scheme) => {
    dataset.mdColorScheme = scheme;
    button.setAttribute("aria-pressed", scheme === "slate");
  };

  show(dataset.mdColorScheme);
  button.addEventListener("click", () => {
    show(dataset.mdColorScheme === "slate" ? "default" : "slate");
    __md_set("__palette", { color: { scheme: dataset.mdColorScheme } });
  });
  dark.addEventListener("change", () => __md_get("__palette") ?? show(dark.matches ? "slate" : "default"));
}
