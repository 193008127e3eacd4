// What must be known before the page is drawn. Where a browser refuses storage, the mere look at localStorage throws and would
// stop Material's search and scheme switch: such a reader gets one that forgets. And the front page leaves room for what
// progress.js is going to say there, so that nothing jumps.
try {
  const has = (name) => localStorage.getItem(`${__md_scope.pathname}.${name}`)?.length > 2;
  document.documentElement.classList.toggle("resumes", has("last"));
  document.documentElement.classList.toggle("progressed", has("finished"));
} catch {
  Object.defineProperty(window, "localStorage", { value: { getItem: () => null, setItem() {}, refuses: true } });
}
// A reader who comes from another language at some place of the page (language-switch.js) does not first see its beginning.
if (/~[\d.]+$/.test(location.hash)) {
  const { classList } = document.documentElement;
  classList.add("arriving");
  addEventListener("DOMContentLoaded", () => classList.remove("arriving"));
}
