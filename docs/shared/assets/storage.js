// Where a browser refuses storage, the mere look at localStorage throws and stops Material's search and scheme switch.
// Such a reader gets one that forgets. This script stands before all others.
try {
  localStorage.length;
} catch {
  Object.defineProperty(window, "localStorage", { value: { getItem: () => null, setItem() {}, refuses: true } });
}
