// How a lab's `compute` is held against what its reference says, in one call for all states (lab_truth.py).
globalThis.labs = {};
globalThis.truth = {
  about: (name) => ({ controls: labs[name].controls, solution: labs[name].solution }),

  // How many float32 numbers lie between two of them; from 0, from what is none and to the other sign it is far.
  ulps(here, there) {
    if (here * there <= 0 || Math.fround(here) !== here) return Infinity;
    const [one, other] = new Int32Array(Float32Array.of(here, there).buffer);
    return Math.abs(one - other);
  },

  // The first place where two values differ: words, truth values, nan and inf at all, numbers by more than `within` says,
  // [tolerance, ulp]; null is what the reference does not know.
  differ(here, there, at, within) {
    if (there === null && here !== undefined) return "";
    const said = (value) => (typeof value === "number" ? `${value}` : JSON.stringify(value));
    const told = `${at}: ${said(here)} in the page, ${said(there)} in torch`;
    if (typeof there === "object" && there !== null) {
      if (typeof here !== "object" || here === null || Array.isArray(here) !== Array.isArray(there)) return told;
      for (const key of new Set([...Object.keys(here), ...Object.keys(there)])) {
        const found = truth.differ(here[key], there[key], `${at}.${key}`, within);
        if (found) return found;
      }
      return "";
    }
    if (here === there || Object.is(here, there)) return "";
    if (!Number.isFinite(here) || !Number.isFinite(there)) return told;
    if (within[1]) return truth.ulps(here, there) > within[1] ? told : "";
    const most = within[0] * Math.max(Math.abs(here), Math.abs(there), 1e-3);
    return Math.abs(here - there) > most ? told : "";
  },

  // The first difference in all states; `expected` is the text of an array.
  difference({ name, states, expected, within }, compute = labs[name].compute, numbers = (0, eval)(expected)) {
    for (const [n, state] of states.entries()) {
      try {
        const found = truth.differ(compute(state, labs[name].data), numbers[n], name, within);
        if (found) return `${found} at ${JSON.stringify(state)}`;
      } catch (error) {
        return `${error} at ${JSON.stringify(state)}`;
      }
    }
    return "";
  },

  // Of other methods, given as text: which of them make no difference in any state.
  unnoticed(given, methods) {
    const numbers = (0, eval)(given.expected);
    return methods.map((text) => !truth.difference(given, (0, eval)(`({${text}})`).compute, numbers));
  },

  // The controls that change nothing in any of the states.
  idle({ name, states }) {
    const ends = ({ min, max, options, value }) => {
      if (options) return [options[0], options.at(-1)];
      return typeof value === "boolean" ? [false, true] : [min, max];
    };
    const idle = labs[name].controls.filter((control) => {
      const said = (state, end) => JSON.stringify(labs[name].compute({ ...state, [control.name]: end }, labs[name].data));
      return states.every((state) => new Set(ends(control).map((end) => said(state, end))).size === 1);
    });
    return idle.map((control) => control.name);
  },
};
