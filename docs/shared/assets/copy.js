// Two copy actions on each code block: its own code, and the program that runs alone. The programs are told by pieces of the
// page's own blocks (lessonkit/pieces.py); nothing is fetched, so this works from file:// too.
(function () {
  "use strict";

  var TEXT = {
    ko: { cell: "이 코드 복사", program: "바로 실행되는 프로그램으로 복사", done: "복사했습니다", failed: "복사하지 못했습니다" },
    en: { cell: "Copy this code", program: "Copy a program that runs by itself", done: "Copied", failed: "Could not copy" },
  };
  var ICON = {
    cell: "M19 21H8V7h11m0-2H8a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h11a2 2 0 0 0 2-2V7a2 2 0 0 0-2-2m-3-4H4a2 2 0 0 0-2 2v14h2V3h12V1z",
    program: "M8 5.14v14l11-7z",
    done: "M21 7 9 19l-5.5-5.5 1.41-1.41L9 16.17 19.59 5.59 21 7z",
  };

  function lines(block) {
    return block.querySelector("code").textContent.replace(/\n$/, "").split("\n");
  }

  function program(pieces, blocks) {
    return pieces
      .map(function (piece) {
        return typeof piece === "string" ? piece : lines(blocks[piece[0]]).slice(piece[1], piece[2] + 1).join("\n");
      })
      .join("\n");
  }

  // navigator.clipboard asks for a secure context; where there is none, a selection does.
  function write(text) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    return new Promise(function (resolve, reject) {
      var area = document.createElement("textarea");
      area.value = text;
      area.style.position = "fixed";
      area.style.opacity = "0";
      document.body.appendChild(area);
      area.select();
      var ok = document.execCommand("copy");
      area.remove();
      ok ? resolve() : reject();
    });
  }

  function icon(button, path) {
    button.innerHTML = '<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="' + path + '"/></svg>';
  }

  function button(kind, text, status, source) {
    var element = document.createElement("button");
    element.type = "button";
    element.className = "copy-button copy-button--" + kind;
    element.title = text[kind];
    element.setAttribute("aria-label", text[kind]);
    icon(element, ICON[kind]);
    element.addEventListener("click", function () {
      status.textContent = "";
      write(source() + "\n").then(
        function () {
          status.textContent = text.done;
          icon(element, ICON.done);
          window.setTimeout(icon, 1500, element, ICON[kind]);
        },
        function () {
          status.textContent = text.failed;
        }
      );
    });
    return element;
  }

  function start() {
    var blocks = Array.prototype.slice.call(document.querySelectorAll("div.cell-code"));
    if (!blocks.length || document.querySelector(".copy-buttons")) return;
    var text = TEXT[document.documentElement.lang] || TEXT.en;
    var data = document.getElementById("lesson-programs");
    var programs = data ? JSON.parse(data.textContent) : {};
    var status = document.createElement("div");
    status.className = "copy-status";
    status.setAttribute("role", "status");
    document.body.appendChild(status);
    blocks.forEach(function (block, index) {
      var group = document.createElement("div");
      group.className = "copy-buttons";
      group.appendChild(button("cell", text, status, function () { return lines(block).join("\n"); }));
      if (programs[index]) {
        group.appendChild(button("program", text, status, function () { return program(programs[index], blocks); }));
      }
      block.appendChild(group);
    });
  }

  if (window.document$) window.document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
