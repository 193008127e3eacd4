// Material starts this worker with every page and tells it nothing before somebody searches: the search comes with that.
addEventListener(
  "message",
  ({ data }) => {
    importScripts("SEARCH");
    dispatchEvent(new MessageEvent("message", { data }));
  },
  { once: true },
);
