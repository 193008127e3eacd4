// A figure whose data-lab names files becomes a lab when it comes near the screen: lessonkit/assets/labs/kit.js shows it. Until then,
// without scripts, in print and if a file does not come, it is the figure.
const labs = {};
{
  const folder = new URL("labs/", document.currentScript.src);
  const asked = {};
  const load = (name) =>
    (asked[name] ??= new Promise((loaded, failed) => {
      const made = document.createElement(name.endsWith(".css") ? "link" : "script");
      if (made.localName === "link") Object.assign(made, { rel: "stylesheet", href: new URL(name, folder) });
      else Object.assign(made, { async: false, src: new URL(name, folder) }); // in their order; no module, which file:// refuses
      made.onload = loaded;
      made.onerror = failed;
      document.head.append(made);
    }));
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        const files = target.dataset.lab.split(" ");
        Promise.all(files.map(load)).then(
          () => labs.show(target, files.at(-1).split(".")[0]),
          () => {},
        );
      }
    },
    { rootMargin: "600px" },
  );
  for (const figure of document.querySelectorAll("[data-lab]")) near.observe(figure);
}
