
"use strict";
// The article is in the page already; this script makes it answer. It writes text nodes only.
// Positions are counted in Python (code points) and passed through; the preview cuts the text into
// code points too, never into UTF-16 units.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const byId = (id) => document.getElementById(id);
  const SEVERITIES = ["critical", "major", "minor"];
  const STATES = ["open", "accepted", "rejected"];
  // What mtrepair.core.Applicability says, in words of an editorial desk.
  const TRUST = { safe: "safe", suggested: "suggested", display: "uncertain" };

  const findings = [];
  data.files.forEach((file, number) => file.findings.forEach((finding, index) => {
    findings.push(Object.assign(finding, {
      key: `${number}-${index}`, file: number, marks: [], state: "open", choice: 0, shown: true,
    }));
  }));
  const byKey = new Map(findings.map((finding) => [finding.key, finding]));
  for (const mark of document.querySelectorAll("mark[data-f]")) {
    mark.keys = mark.dataset.f.split(" ");
    for (const key of mark.keys) byKey.get(key).marks.push(mark);
  }
  const bySegment = new Map();
  for (const finding of findings) {
    const row = `s-${finding.file}-${finding.segment}`;
    if (!bySegment.has(row)) bySegment.set(row, []);
    bySegment.get(row).push(finding);
  }
  let current = null;
  let warning = "";

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name === "onclick") element.addEventListener("click", value);
      else if (value !== false && value !== null) element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  }

  // Decisions.

  const store = `mtrepair:${data.files.map((file) => file.sha256).join(",").slice(0, 400)}`;

  function save() {
    const kept = {};
    for (const { key, state, choice } of findings) if (state !== "open") kept[key] = [state, choice];
    try { localStorage.setItem(store, JSON.stringify(kept)); } catch { /* a browser may refuse */ }
  }

  function restore() {
    let kept = {};
    try { kept = JSON.parse(localStorage.getItem(store) || "{}"); } catch { return; }
    for (const [key, [state, choice]] of Object.entries(kept)) {
      const finding = byKey.get(key);
      if (!finding || !STATES.includes(state)) continue;
      if (state === "accepted" && !finding.alternatives[choice]) continue;
      finding.choice = finding.alternatives[choice] ? choice : 0;
      if (state === "accepted" && rival(finding)) continue;
      finding.state = state;
    }
  }

  function conflict(a, b) {  // as mtrepair.core.Span.conflicts
    const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start);
    if (shared > 0) return true;
    const emptyA = a.start === a.end, emptyB = b.start === b.end;
    if (emptyA && emptyB) return a.start === b.start;
    if (emptyA) return b.start < a.start && a.start < b.end;
    if (emptyB) return a.start < b.start && b.start < a.end;
    return false;
  }

  function rowOf(finding) { return `s-${finding.file}-${finding.segment}`; }

  function rival(finding) {
    const edits = finding.alternatives[finding.choice].edits;
    return bySegment.get(rowOf(finding)).find((other) => other !== finding
      && other.state === "accepted"
      && other.alternatives[other.choice].edits.some((a) => edits.some((b) => conflict(a, b))));
  }

  function decide(finding, state) {
    warning = "";
    if (state === "accepted") {
      if (!finding.alternatives.length) {
        warning = "There is nothing to accept here: no alternative was found.";
        return false;
      }
      const other = rival(finding);
      if (other) {
        warning = `Not accepted: it changes words that an accepted ${other.rule} changes too`
          + ` (${other.where}).`;
        return false;
      }
    }
    finding.state = state;
    redraw(finding);
    save();
    return true;
  }

  function download() {
    const files = data.files.map((file) => ({
      path: file.path,
      sha256: file.sha256,
      decisions: file.findings.filter((finding) => finding.state !== "open").map((finding) => {
        const yes = finding.state === "accepted";
        const chosen = finding.alternatives[finding.choice];
        return {
          rule: finding.rule, severity: finding.severity, start: finding.start, end: finding.end,
          decision: yes ? "accept" : "reject",
          ...(yes ? { origin: chosen.origin, edits: chosen.edits } : {}),
        };
      }),
    }));
    const text = JSON.stringify({ version: data.version, files }, null, 1) + "\n";
    const link = make("a", {
      href: URL.createObjectURL(new Blob([text], { type: "application/json" })),
      download: "decisions.json",
    });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  // Drawing.

  function redraw(finding) {
    for (const mark of finding.marks) {
      const all = mark.keys.map((key) => byKey.get(key));
      const seen = all.filter((one) => one.shown);
      mark.classList.toggle("off", !seen.length);
      mark.classList.toggle("accepted", seen.some((one) => one.state === "accepted"));
      mark.classList.toggle("rejected", seen.length > 0 && seen.every((one) => one.state === "rejected"));
      mark.classList.toggle("current", all.includes(current));
      if (mark.id) mark.tabIndex = seen.length ? 0 : -1;
    }
    if (document.body.classList.contains("compare")) drawResult(byId(rowOf(finding)));
    count();
  }

  function count() {
    const left = findings.filter((finding) => finding.state === "open").length;
    const shown = findings.filter((finding) => finding.shown).length;
    const hidden = findings.length - shown;
    byId("state").textContent = `${findings.length} finding${findings.length === 1 ? "" : "s"}, `
      + `${left} to decide${hidden ? `, ${hidden} hidden by filters` : ""}`;
  }

  function drawResult(row) {
    if (!row) return;
    let cell = row.querySelector(".result");
    if (!cell) {
      cell = make("div", { class: row.firstElementChild.className + " result", dir: "auto" });
      row.append(cell);
    }
    cell.replaceChildren();
    const [, file, segment] = row.id.split("-");
    const pieces = data.files[file].segments[segment];
    const here = bySegment.get(row.id) || [];
    const edits = here.filter((finding) => finding.state === "accepted")
      .flatMap((finding) => finding.alternatives[finding.choice].within)
      .sort((a, b) => a.start - b.start || a.end - b.end);
    if (!pieces || !edits.length) {
      cell.append(...[...row.firstElementChild.childNodes].map((node) => plain(node)));
      return;
    }
    const cells = [];  // one for each code point, an object in the first of its places
    for (const [text, length] of pieces) {
      if (length === undefined) { for (const char of text) cells.push(char); }
      else { cells.push(text); for (let i = 1; i < length; i += 1) cells.push(""); }
    }
    let at = 0;
    for (const edit of edits) {
      cell.append(cells.slice(at, edit.start).join(""));
      const old = cells.slice(edit.start, edit.end).join("");
      if (old && !edit.text) cell.append(make("del", { title: `deleted: ${old.slice(0, 200)}` }, "⌫"));
      if (edit.text) cell.append(make("ins", old ? { title: `was: ${old}` } : {}, edit.text));
      at = edit.end;
    }
    cell.append(cells.slice(at).join(""));
  }

  function plain(node) {
    return node.nodeType === Node.TEXT_NODE || node.localName === "mark"
      ? document.createTextNode(node.textContent) : node.cloneNode(true);
  }

  function compare() {
    const on = document.body.classList.toggle("compare");
    byId("compare").setAttribute("aria-pressed", String(on));
    for (const row of document.querySelectorAll(".row")) {
      if (on) drawResult(row);
      else row.querySelector(".result")?.remove();
    }
    current?.marks[0]?.scrollIntoView({ block: "center" });
  }

  function side(title, pieces, leaveOut, lang) {
    const tags = { old: "del", new: "ins" };
    const text = make("p", { lang, dir: "auto" });
    for (const [kind, shown] of pieces) {
      if (kind === leaveOut) continue;
      text.append(tags[kind] ? make(tags[kind], {}, shown) : shown);
    }
    return make("div", {}, make("h3", {}, title), text);
  }

  function brief(alternative) {
    const text = (kind) => alternative.pieces.filter(([k]) => k === kind).map(([, t]) => t).join(" … ");
    const [before, after] = [text("old"), text("new")];
    const short = (shown) => (shown.length > 90 ? `${shown.slice(0, 60)} […] ${shown.slice(-20)}` : shown);
    if (!after) return `delete “${short(before)}”`;
    return before ? `“${short(before)}” → “${short(after)}”` : `insert “${short(after)}”`;
  }

  function drawPanel() {
    const panel = byId("panel");
    panel.hidden = !current;
    if (!current) return;
    const finding = current;
    const chosen = finding.alternatives[finding.choice];
    const choices = make("ol", { class: "choices" });
    finding.alternatives.forEach((alternative, index) => choices.append(make("li", {}, make("button", {
      type: "button", "aria-pressed": String(index === finding.choice), onclick: () => choose(index),
    }, make("kbd", {}, String(index + 1)), ` ${brief(alternative)}`,
    make("small", {}, `${TRUST[alternative.applicability]}, from ${alternative.origin}`
      + (alternative.score ? ` (score ${alternative.score})` : ""))))));
    const button = (state, label, key) => make("button", {
      type: "button", "aria-pressed": String(finding.state === state), id: `decide-${state}`,
      onclick: () => act(() => decide(finding, state)),
    }, `${label} `, make("kbd", {}, key));
    const { lang } = data.files[finding.file];
    panel.replaceChildren(
      make("h2", {}, `${finding.rule} `, make("span", { class: `badge ${finding.severity}` }, finding.severity)),
      make("p", {}, finding.message),
      make("p", { class: "soft" }, `${data.files[finding.file].path}, ${finding.where};`
        + ` confidence ${finding.confidence}.`),
      ...(finding.about ? [make("p", { class: "soft about" }, finding.about)] : []),
      chosen
        ? make("div", { class: "sides" }, side("Before", chosen.pieces, "new", lang), side("After", chosen.pieces, "old", lang))
        : make("div", { class: "sides" }, side("Here", finding.context, "new", lang)),
      finding.alternatives.length ? choices : make("p", { class: "soft" }, "No alternative was found; a person has to write one."),
      make("div", { class: "decide" },
        ...(chosen ? [button("accepted", "Accept", "a")] : []),
        button("rejected", "Reject", "r"), button("open", "Undecided", "u")),
      ...(warning ? [make("p", { class: "warning", role: "alert" }, warning)] : []),
    );
  }

  function act(change) {
    change();
    drawPanel();
  }

  function choose(index) {
    if (!current?.alternatives[index]) return;
    const finding = current;
    const before = finding.choice;
    finding.choice = index;
    warning = "";
    if (finding.state === "accepted" && rival(finding)) {
      finding.choice = before;
      warning = "That alternative changes words that another accepted one changes too.";
    }
    redraw(finding);
    save();
    drawPanel();
  }

  function open(finding, focus) {
    const last = current;
    current = finding;
    warning = "";
    if (last) redraw(last);
    if (finding) {
      redraw(finding);
      const mark = finding.marks[0];
      mark.scrollIntoView({ block: "center" });
      if (focus) mark.focus({ preventScroll: true });
    }
    drawPanel();
  }

  function step(by) {
    const shown = findings.filter((finding) => finding.shown);
    if (!shown.length) return;
    const at = shown.indexOf(current);
    open(shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : (at + by + shown.length) % shown.length], true);
  }

  // Filters.

  const off = { severity: new Set(), rule: new Set(), state: new Set() };

  function filter() {
    for (const finding of findings) {
      finding.shown = !off.severity.has(finding.severity) && !off.rule.has(finding.rule)
        && !off.state.has(finding.state);
    }
    findings.forEach((finding) => finding.marks.forEach((mark) => {
      const seen = mark.keys.some((key) => byKey.get(key).shown);
      mark.classList.toggle("off", !seen);
      if (mark.id) mark.tabIndex = seen ? 0 : -1;
    }));
    if (current && !current.shown) open(null);
    count();
  }

  function box(field, name, number) {
    const input = make("input", { type: "checkbox", "data-filter": `${field}:${name}` });
    input.checked = true;
    input.addEventListener("change", () => {
      if (input.checked) off[field].delete(name); else off[field].add(name);
      filter();
    });
    const tally = number === null ? [] : [make("span", { class: "count" }, String(number))];
    return make("label", {}, input, name, ...tally);
  }

  function tally(field) {
    const counts = new Map();
    for (const finding of findings) counts.set(finding[field], (counts.get(finding[field]) || 0) + 1);
    return counts;
  }

  // Start.

  document.documentElement.classList.add("script");
  byId("buttons").hidden = false;
  byId("filters").hidden = !findings.length;
  const severities = tally("severity");
  for (const name of SEVERITIES) if (severities.has(name)) byId("by-severity").append(box("severity", name, severities.get(name)));
  for (const [name, number] of [...tally("rule")].sort(([a], [b]) => (a < b ? -1 : 1))) byId("by-rule").append(box("rule", name, number));
  for (const name of STATES) byId("by-state").append(box("state", name, null));

  document.addEventListener("click", (event) => {
    const mark = event.target.closest("mark[data-f]");
    if (!mark) return;
    const shown = mark.keys.map((key) => byKey.get(key)).filter((finding) => finding.shown);
    if (!shown.length) return;
    // A second click on overlapping findings goes to the next of them.
    open(shown[(shown.indexOf(current) + 1) % shown.length]);
  });
  byId("accept-safe").addEventListener("click", () => act(() => {
    for (const finding of findings) {
      if (finding.state !== "open" || !finding.shown) continue;
      if (finding.alternatives[finding.choice]?.applicability === "safe" && !rival(finding)) finding.state = "accepted";
    }
    findings.forEach((finding) => finding.marks.length && redrawMarks(finding));
    if (document.body.classList.contains("compare")) document.querySelectorAll(".row.flagged").forEach(drawResult);
    count();
    save();
  }));
  function redrawMarks(finding) {
    for (const mark of finding.marks) {
      mark.classList.toggle("accepted", mark.keys.some((key) => byKey.get(key).state === "accepted"));
    }
  }
  byId("compare").addEventListener("click", compare);
  byId("download").addEventListener("click", download);
  byId("print").addEventListener("click", () => window.print());
  byId("help-open").addEventListener("click", () => byId("help").showModal());
  byId("theme").addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme
      ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });

  const keys = {
    j: () => step(1), k: () => step(-1), n: () => step(1), p: () => step(-1),
    a: () => current && act(() => decide(current, "accepted")),
    r: () => current && act(() => decide(current, "rejected")),
    u: () => current && act(() => decide(current, "open")),
    v: compare, d: download, "?": () => byId("help").showModal(), Escape: () => open(null),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || byId("help").open) return;
    const tag = event.target.localName;
    if (tag === "input" && event.target.type !== "checkbox") return;
    if (event.key === "Enter" || event.key === " ") {
      if (tag !== "mark") return;
      event.preventDefault();
      event.target.click();
    } else if (/^[1-9]$/.test(event.key)) {
      choose(Number(event.key) - 1);
    } else if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });

  restore();
  filter();
  for (const finding of findings) if (finding.state !== "open") redraw(finding);
  count();
})();
