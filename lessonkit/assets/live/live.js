// Code blocks that run, change and are checked in their page. Only `mkdocs serve` sends this (lessonkit/live).
// What runs a program is `engine`; nothing else here knows that it is a server.
{
  const told = JSON.parse(document.getElementById("live--data").textContent);
  const words = told.words;
  const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const make = (tag, className = "", ...inside) => {
    const made = document.createElement(tag);
    made.className = className;
    made.append(...inside);
    return made;
  };

  const PATIENCE = 3000; // a browser waits silently when this site is open in many windows
  const engine = {
    status: async () => (await fetch(`${told.at}status`)).json(),

    post: (name, body, signal) =>
      fetch(told.at + name, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Live-Token": told.token },
        body: JSON.stringify(body),
        signal,
      }),

    // Tells the events of a run, of which the last has an `end`; returns what stops it.
    run(request, hear) {
      const aborted = new AbortController();
      let run = "";
      const slow = setTimeout(hear, PATIENCE, { slow: true });
      const read = async () => {
        const answer = await engine.post("run", request, aborted.signal);
        clearTimeout(slow);
        if (!answer.ok) return { end: [403, 404, 409].includes(answer.status) ? "stale" : "broken", message: await answer.text() };
        const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
        for (let rest = ""; ; ) {
          const { value, done } = await reader.read();
          if (done) return { end: "lost" };
          const lines = (rest + value).split("\n");
          rest = lines.pop();
          for (const event of lines.filter(Boolean).map((line) => JSON.parse(line))) {
            if (event.end) return event;
            if (event.run) run = event.run;
            else hear(event);
          }
        }
      };
      read()
        .catch(() => ({ end: aborted.signal.aborted ? "stopped" : "lost" }))
        .then((event) => (clearTimeout(slow), hear(event)));
      return () => {
        if (run) engine.post("stop", { run }).catch(() => 0);
        setTimeout(() => aborted.abort(), run ? 1500 : 0);
      };
    },
  };

  let isWarm = false; // whether programs start at once

  // A name for a text, by which an edit of it is remembered.
  const nameOf = (text) => {
    let hash = 2166136261;
    for (const unit of text) hash = Math.imul(hash ^ unit.codePointAt(0), 16777619);
    return `edit.${told.lesson}.${(hash >>> 0).toString(36)}`;
  };

  const marked = window.Highlight && new Highlight(); // lines that an error came from; older browsers show none
  if (marked) CSS.highlights.set("live-error", marked);

  class Block {
    constructor(element, cell) {
      Object.assign(this, { element, cell, code: element.querySelector("pre > code") });
      this.original = this.code.textContent.replace(/\n$/, "");
      this.memory = nameOf(this.original);
      this.isExercise = cell.startsWith("starter-");
      this.strip = element.querySelector(".code-strip"); // copy.js has made it
      this.name = this.strip.getAttribute("aria-label");
      this.start = this.isExercise ? words.check : words.run;
      this.runs = this.button("run", () => (this.stop ? this.stop() : this.run()));
      this.edits = this.button("edit", () => this.edit());
      this.restores = this.button("original", () => this.restore());
      this.label(this.runs, this.start);
      this.label(this.edits, words.edit);
      this.label(this.restores, words.original);
      this.restores.hidden = true;
      this.strip.addEventListener("click", (event) => this.copy(event), true);
      const own = document.querySelector(".parallel-ways") ? [this.runs] : [this.runs, this.edits, this.restores]; // no room for an editor
      for (const one of own) one.tabIndex = -1; // copy.js lets the arrow keys reach them
      this.strip.querySelector(".copy-button").before(...own);
      element.classList.add("live-block");
      const kept = this.edits.isConnected && reader.recall(this.memory);
      if (typeof kept === "string" && kept !== this.original) this.open(kept);
    }

    button(kind, act) {
      const made = make("button", `live-button live-button--${kind}`);
      made.type = "button";
      made.addEventListener("click", act);
      return made;
    }

    label(button, text) {
      button.textContent = text;
      button.setAttribute("aria-label", `${text}: ${this.name}`);
    }

    // The editor: a text area in the place of the code, which stays in the page for what reads it.
    open(text) {
      const area = (this.area = make("textarea", "live-editor"));
      area.value = text;
      area.setAttribute("aria-label", say("editor", { block: this.name }));
      Object.assign(area, { spellcheck: false, autocapitalize: "off", autocomplete: "off", wrap: "off", translate: false });
      area.addEventListener("input", () => this.changed());
      area.addEventListener("keydown", (event) => this.key(event));
      this.code.parentElement.after(area);
      this.element.classList.add("live-edited");
      this.changed();
    }

    edit() {
      if (!this.area) this.open(this.original);
      this.area.focus();
    }

    close() {
      this.area.remove();
      this.area = null;
      this.element.classList.remove("live-edited");
      this.restores.hidden = true;
    }

    restore() {
      this.unmark();
      reader.keep(this.memory, null);
      this.close();
      this.edits.focus();
    }

    changed() {
      this.unmark();
      this.area.rows = this.area.value.split("\n").length;
      const same = this.area.value === this.original;
      this.restores.hidden = same;
      reader.keep(this.memory, same ? null : this.area.value);
    }

    key(event) {
      const { area } = this;
      const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
      const insert = (text) => document.execCommand("insertText", false, text); // it can be undone
      if (event.isComposing) return;
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        if (!this.stop) this.run();
      } else if (event.key === "Escape") {
        if (area.value === this.original) this.close();
        this.edits.focus();
      } else if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
        const line = area.value.slice(start, area.selectionStart);
        insert(`\n${line.match(/^ */)[0]}${/:\s*$/.test(line) ? "    " : ""}`);
      } else if (event.key === "Tab" && !event.ctrlKey && !event.altKey && !event.metaKey) {
        const { selectionStart: from, selectionEnd: to } = area;
        const lines = area.value.slice(start, to);
        if (from === to && !event.shiftKey) {
          insert(" ".repeat(4 - ((from - start) % 4)));
        } else {
          const moved = event.shiftKey ? lines.replace(/^ {1,4}/gm, "") : lines.replace(/^(?=.)/gm, "    ");
          if (moved !== lines) {
            area.setSelectionRange(start, to);
            insert(moved);
            if (from === to) area.setSelectionRange(...Array(2).fill(Math.max(start, from + moved.length - lines.length)));
            else area.setSelectionRange(start, start + moved.length);
          }
        }
      } else return;
      event.preventDefault();
    }

    get text() {
      return this.area ? this.area.value : this.original;
    }

    // Copying gives what stands there; the whole program is offered for the lesson's own text only (live.css).
    async copy(event) {
      if (!this.area || !event.target.closest(".copy-button--cell")) return;
      event.stopPropagation();
      const { done, failed } = reader.words("copy");
      reader.announce(await reader.copy(`${this.text}\n`).then(() => done, () => failed));
    }

    run() {
      this.unmark();
      this.output?.remove();
      this.output = make("div", "live-output");
      this.output.setAttribute("role", "group");
      this.output.setAttribute("aria-label", say("output", { block: this.name }));
      this.state = make("p", "live-state", isWarm ? words.running : words.waiting);
      this.lines = null;
      this.output.append(this.state);
      this.element.after(this.output);
      this.label(this.runs, words.stop);
      this.runs.classList.add("live-button--stop");
      reader.announce(words.running);
      this.own = false;
      this.failure = null;
      const request = { lesson: told.lesson, hash: told.hash, cell: this.cell, lang: told.lang };
      if (this.text !== this.original) request.text = this.text;
      this.element.classList.remove("live-same", "live-unlike");
      this.stop = engine.run(request, (event) => this.hear(event));
      return new Promise((ended) => (this.ended = ended));
    }

    // Where printed lines go: those of earlier code are folded away.
    place() {
      if (this.lines) return this.lines;
      this.lines = make("pre", "live-lines");
      this.lines.tabIndex = 0;
      this.lines.setAttribute("role", "log");
      this.lines.setAttribute("aria-label", this.own ? say("output", { block: this.name }) : words.earlier);
      if (this.own) this.output.append(this.lines);
      else {
        this.output.append(make("details", "live-earlier", make("summary", "", words.earlier), this.lines));
      }
      return this.lines;
    }

    hear(event) {
      if (!event.slow) {
        isWarm = true;
        this.state.textContent = words.running;
      }
      if (event.slow) this.state.textContent = words.windows;
      else if (event.own) [this.own, this.lines] = [true, null];
      else if (event.out) this.place().append(event.out);
      else if (event.err) this.place().append(make("span", "live-err", event.err));
      else if (event.figure) this.draw(event.figure);
      else if (event.undrawn) this.output.append(make("p", "live-note", `${words.undrawn}: ${event.undrawn}`));
      else if (event.error) this.fail(event);
      else if (event.end) this.end(event);
    }

    draw(svg) {
      const figure = make("figure", "lesson-figure");
      figure.innerHTML = svg;
      this.output.append(figure);
      this.lines = null;
    }

    fail(event) {
      this.failure = event;
      const [first, ...more] = `${event.error}${event.message && ": "}${event.message}`.split("\n");
      const at = event.line ? ` (${say("line", event)})` : "";
      this.output.append(make("pre", "live-error", make("b", "", first), at, ...more.map((line) => `\n${line}`)));
      const notes = [event.error === "EOFError" && words.input];
      if (event.where === "before" || event.where === "check") notes.push(`${words[`in_${event.where}`]} `);
      for (const note of notes.filter(Boolean)) {
        const line = make("p", "live-note", note);
        if (event.source && note !== words.input) line.append(make("code", "", event.source));
        this.output.append(line);
      }
      if (event.explained) this.explain(event.explained);
      if (event.line) this.mark(event.line);
    }

    // A link to the section of a lesson that explains an error; pages without a way to that lesson have none.
    explain({ lesson, anchor }) {
      const page = [...document.links].find(({ pathname }) => pathname.endsWith(`/${lesson}/`));
      if (!page) return;
      const link = make("a", "", words.explained);
      link.href = `${page.href.replace(/[?#].*/, "")}#${anchor}`;
      this.output.append(make("p", "live-note", link));
    }

    end(event) {
      const verdict = event.verdict;
      const silent = verdict === "same" && !this.output.querySelector(":scope > .live-lines, svg");
      const by = { done: silent ? "silent" : verdict, error: verdict ?? "error", output: "much", failed: "broken" };
      const cases = event.cases ? `${say("cases", event)} · ` : "";
      const text = cases + say(by[event.end] ?? event.end, event);
      const good = verdict === "same" || verdict === "passed";
      this.state.textContent = `${good ? "✓ " : ""}${text}`;
      this.state.classList.add(good ? "live-good" : "live-other");
      this.output.append(this.state);
      if (event.message) this.output.append(make("p", "live-note", event.message));
      if (event.difference?.length) {
        const line = (text) => make("span", text[0] === "-" ? "live-was" : "live-is", `${words[text[0] === "-" ? "recorded" : "now"]}: ${text.slice(2)}\n`);
        const told = make("pre", "live-difference", ...event.difference.map((text) => (/^[-+] /.test(text) ? line(text) : text)));
        told.tabIndex = 0;
        this.output.append(told);
      }
      const why = make("div", "live-note", ...("known" in event ? reader.reasonBelow(this.element, event.known) : []));
      if ("known" in event) this.output.append(why);
      if (event.drawn) this.output.append(make("p", "live-note", words.drawn));
      const problem = this.failure ? ` ${this.failure.error}${this.failure.line ? `, ${say("line", this.failure)}` : ""}` : "";
      reader.announce(`${this.name}: ${text}.${problem} ${why.textContent}`.trim());
      this.stop = null;
      this.label(this.runs, this.start);
      this.runs.classList.remove("live-button--stop");
      this.element.classList.add(good ? "live-same" : "live-unlike");
      if (verdict === "passed") reader.solved(this.cell.slice("starter-".length));
      this.ended({ good, stopped: event.end === "stopped" });
    }

    // A line of the block, counted from 1, where an error came from.
    mark(line) {
      if (this.area) {
        this.area.style.setProperty("--live-line", line - 1);
        this.area.classList.add("live-marked");
        return;
      }
      const lines = this.original.split("\n");
      const length = lines[line - 1].length;
      let before = lines.slice(0, line - 1).join("\n").length + (line > 1);
      const range = document.createRange();
      const walker = document.createTreeWalker(this.code, NodeFilter.SHOW_TEXT);
      for (let begun = false; walker.nextNode(); ) {
        const size = walker.currentNode.data.length;
        if (!begun && before < size) {
          range.setStart(walker.currentNode, before);
          begun = true;
        }
        if (begun && before + length <= size) {
          range.setEnd(walker.currentNode, before + length);
          break;
        }
        before -= size;
      }
      this.range = range;
      marked?.add(range);
    }

    unmark() {
      if (this.range) marked?.delete(this.range);
      this.range = null;
      this.area?.classList.remove("live-marked");
    }
  }
  const note = (text) => {
    const made = make("p", "live-about", text);
    const place = document.querySelector("article .course-map, article .lesson-stamp, article h1");
    if (place?.matches(".course-map")) place.before(made);
    else place?.after(made);
  };

  // All blocks from top to bottom, one after the other; the starters of exercises wait for their reader.
  const runAll = (blocks) => {
    const button = make("button", "live-all");
    button.type = "button";
    button.textContent = words.all;
    const state = make("span", "live-all-state");
    let going = null;
    button.addEventListener("click", async () => {
      if (going) {
        going.stopped = true;
        going.block?.stop?.();
        return;
      }
      going = { done: 0, same: 0, stopped: false };
      button.textContent = words.stop;
      for (const block of blocks) {
        if (going.stopped) break;
        state.textContent = say("all_at", { number: going.done + 1, all: blocks.length });
        going.block = block;
        if (block.stop) continue; // its reader has started it
        const { good, stopped } = await block.run();
        going.stopped ||= stopped;
        going.done += !stopped;
        going.same += good;
      }
      state.textContent = say("all_done", { same: going.same, done: going.done, all: blocks.length });
      reader.announce(state.textContent);
      button.textContent = words.all;
      going = null;
    });
    note(words.alone);
    document.querySelector(".live-about").prepend(button, state, " ");
  };

  engine.status().then(({ state }) => {
    const blocks = [...document.querySelectorAll("div.cell-code:not(.no-copy)")];
    isWarm = state === "ready";
    const isHome = document.querySelector(".course-map");
    const runs = told.cells && blocks.length === told.cells.length;
    if (words[state] && (isHome || runs)) note(words[state]);
    else if (isHome) note(words.on);
    else if (runs) {
      const live = blocks.map((block, number) => told.cells[number] && new Block(block, told.cells[number])).filter(Boolean);
      const lesson = live.filter((block) => !block.isExercise);
      if (lesson.length > 1) runAll(lesson);
    }
  });
}
