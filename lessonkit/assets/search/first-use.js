// Material starts this worker with every page and tells it nothing before somebody searches: the search comes with that. Where
// the network fails just then, it is asked for again, as Material says nothing more before it has an answer.
const AGAIN = 1000; // milliseconds to the second request, twice as many to the third

function begin(data, wait) {
  try {
    importScripts("SEARCH");
  } catch (error) {
    if (error.name !== "NetworkError") throw error;
    setTimeout(begin, wait, data, 2 * wait);
    return;
  }
  dispatchEvent(new MessageEvent("message", { data }));
}

addEventListener("message", ({ data }) => begin(data, AGAIN), { once: true });
