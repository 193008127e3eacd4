// A folded solution stays folded on paper: Material would open it. Of all listeners this one is heard first.
addEventListener("beforeprint", (event) => event.stopImmediatePropagation(), true);
