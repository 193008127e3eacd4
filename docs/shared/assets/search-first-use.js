// Material asks for the search index as soon as a page is open. That request waits here until the reader first uses the search,
// or comes from it (?h= are words to mark) or with a query (?q=). Must run before Material's own script.
{
  const { open, send } = XMLHttpRequest.prototype;
  const used = new Promise((use) => {
    if (/[?&][hq]=./.test(location.search)) use();
    addEventListener("focusin", ({ target }) => target.closest(".md-search") && use());
    addEventListener("change", ({ target }) => target.id === "__search" && use());
  });
  const waits = new WeakSet();

  XMLHttpRequest.prototype.open = function (method, address, ...more) {
    if (String(address).endsWith("/search/search_index.json")) waits.add(this);
    return open.call(this, method, address, ...more);
  };
  XMLHttpRequest.prototype.send = function (...body) {
    return waits.has(this) ? void used.then(() => send.apply(this, body)) : send.apply(this, body);
  };
}
