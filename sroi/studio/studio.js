// The page: it starts the engine, makes the form of a study, and shows what the engine answers.

const byId = (id) => document.getElementById(id);

/** An element with properties and children; texts are texts, whatever they hold. */
function made(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter((child) => child !== null));
  return element;
}

// ── The engine

async function engine() {
  const { loadPyodide } = await import("./pyodide/pyodide.mjs");
  const [python, names] = await Promise.all([loadPyodide(), fetch("packages.json").then((given) => given.json())]);
  const archives = await Promise.all(names.map(async (name) => {
    const given = await fetch(name);
    if (!given.ok) throw new Error(`${name} is not there`);
    return given.arrayBuffer();
  }));
  const packages = python.runPython("import site; site.getsitepackages()[0]");
  archives.forEach((archive) => python.unpackArchive(archive, "zip", { extractDir: packages }));
  return python.runPython("from sroi.studio.session import Session; Session()");
}

let session;
const ask = (name, ...texts) => JSON.parse(session[name](...texts));

// ── Opening a study

let fields = new Map();
let atOpening = null;
let named = "study";

/** Show what was opened, or what is wrong with it at the place where it was named. */
function opened(found, problemsAt) {
  byId("choose-problems").replaceChildren();
  byId("read-problems").replaceChildren();
  if (!found.opened) {
    byId(problemsAt).replaceChildren(listed(found.problems));
    return;
  }
  atOpening = found.answer && found.answer.central;
  named = found.study.id;
  byId("title").textContent = found.study.title;
  fields = new Map();
  byId("groups").replaceChildren(...found.study.groups.map(groupOf));
  byId("find").value = "";
  byId("open").open = false;
  byId("study").hidden = false;
  show(found);
  byId("title").focus();
}

function groupOf(group, at) {
  const holder = made("details", { className: "group", open: at === 0 });
  const count = made("span", { className: "count" }, ` ${group.fields.length}`);
  holder.append(made("summary", {}, group.title, count), ...group.fields.map((field) => fieldOf(field, group)));
  return holder;
}

function fieldOf(field, group) {
  const id = `field-${fields.size}`;
  const input = field.choices.length
    ? made("select", {}, ...field.choices.map((choice) => made("option", { value: choice }, choice.replaceAll("_", " "))))
    : made("input", { autocomplete: "off", spellcheck: false });
  Object.assign(input, { id, value: field.value });
  input.setAttribute("aria-describedby", `${id}-about ${id}-error`);
  const unit = field.choices.length ? "" : field.unit;
  const range = field.range && `range in the study ${field.range}`;
  const was = made("span", { className: "was" });
  const about = made("p", { id: `${id}-about` }, [unit, range].filter(Boolean).join(" · "), was);
  const error = made("p", { id: `${id}-error`, className: "error", hidden: true });
  const long = !field.choices.length && field.value.length > 20;
  const row = made("div", { className: long ? "field long" : "field", title: field.about },
    made("label", { htmlFor: id }, field.label), input, about, error);
  row.dataset.words = `${group.title} ${field.label} ${field.path}`.toLowerCase();
  fields.set(field.path, { ...field, input, row, error, was, sent: field.value });
  let waiting;
  const send = () => {
    clearTimeout(waiting);
    const known = fields.get(field.path);
    if (known.sent === input.value) return;
    known.sent = input.value;
    answered(() => ask("set", field.path, input.value), known);
  };
  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(send, 250); });
  input.addEventListener("change", send);
  return row;
}

// ── The answer

/** Ask and show, and note how long that took: the page is not loaded anew. */
function answered(work, field) {
  const before = performance.now();
  const found = work();
  show(found);
  const elsewhere = found.problems[0];
  if (field && elsewhere && field.error.hidden) {
    const { label } = fields.get(elsewhere.field) ?? { label: "" };
    mark(field, `With this there is no answer: ${label ? `${label}: ` : ""}${elsewhere.text}`);
  }
  document.documentElement.dataset.milliseconds = (performance.now() - before).toFixed(1);
}

/** Say what is wrong with a field beneath it; an empty text says that nothing is. */
function mark(field, text) {
  field.row.classList.toggle("wrong", text !== "");
  field.input.setAttribute("aria-invalid", String(text !== ""));
  field.error.hidden = text === "";
  field.error.textContent = text;
}

function show(found) {
  const { answer, problems } = found;
  const changed = new Set(found.set);
  for (const [path, field] of fields) {
    const wrong = problems.filter((problem) => problem.field === path);
    field.row.classList.toggle("set", changed.has(path));
    field.was.textContent = changed.has(path) ? ` · was ${field.value || "not assessed"}` : "";
    mark(field, wrong.map((problem) => problem.text).join(" "));
  }
  byId("undo").disabled = changed.size === 0;
  byId("yaml").disabled = !found.usable;
  byId("report").disabled = answer === null;
  byId("study").classList.toggle("moved", changed.size > 0);
  for (const id of ["more", "tables"]) byId(id).classList.toggle("stale", answer === null);
  byId("problems").replaceChildren(...(problems.length ? [listed(problems)] : []));
  if (answer === null) {
    byId("headline").replaceChildren(made("p", { className: "headline" }, "No answer with these numbers"));
    return;
  }
  const then = changed.size && atOpening !== null ? `, and ${atOpening} when it was opened` : "";
  byId("headline").replaceChildren(made("p", { className: "headline" },
    `${answer.for_one}: `, made("strong", {}, answer.central), then));
  byId("more").replaceChildren(
    made("p", {}, answer.sentence),
    made("dl", { className: "returns" }, ...answer.returns.map(returned)),
    made("dl", { className: "facts" }, ...answer.facts.flatMap(
      ([label, text]) => [made("dt", {}, label), made("dd", {}, text)])),
    made("p", { className: "soft" }, answer.range),
    made("blockquote", {}, made("strong", {}, "Safe to quote. "), answer.statement),
    answer.warnings.length ? warningsOf(answer.warnings) : null);
  byId("tables").replaceChildren(...answer.tables.map(tableOf));
}

function returned([label, text]) {
  const [figure, note] = text.split(" (");
  return made("div", {}, made("dt", {}, label),
    made("dd", {}, figure, note ? made("small", {}, `(${note}`) : null));
}

function warningsOf(warnings) {
  const items = warnings.map((warning) => made("li", {}, warning));
  const count = `${warnings.length} warning${warnings.length === 1 ? "" : "s"}`;
  return made("details", {}, made("summary", {}, count), made("ul", {}, ...items));
}

function tableOf(table) {
  const cell = (tag) => (text, at) => made(tag, { className: table.numeric[at] ? "number" : "" }, text);
  const head = made("tr", {}, ...table.headings.map(cell("th")));
  const rows = table.rows.map((row) => made("tr", {}, ...row.map(cell("td"))));
  const scroll = made("div", { className: "scroll", tabIndex: 0 }, made("table", {},
    made("caption", {}, table.title), made("thead", {}, head), made("tbody", {}, ...rows)));
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", table.title);
  return scroll;
}

/** Problems as a list; what is wrong with a field is a link to it. */
function listed(problems) {
  const items = problems.map((problem) => {
    const field = fields.get(problem.field);
    if (field === undefined) return made("li", {}, problem.text);
    const link = made("a", { href: `#${field.input.id}` }, `${field.label}: ${problem.message}`);
    link.addEventListener("click", (event) => { event.preventDefault(); reach(field); });
    return made("li", {}, link);
  });
  return made("div", { className: "problems" }, made("strong", {}, problems.length === 1 ? "What is wrong:" : `What is wrong, ${problems.length} things:`), made("ul", {}, ...items));
}

function reach(field) {
  byId("find").value = "";
  find("");
  field.row.closest("details").open = true;
  field.input.focus();
}

// ── Finding, undoing, keeping

function find(words) {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  for (const group of byId("groups").children) {
    let any = false;
    for (const row of group.querySelectorAll(".field")) {
      row.hidden = !wanted.every((word) => row.dataset.words.includes(word));
      any = any || !row.hidden;
    }
    group.hidden = !any;
    if (wanted.length) group.open = true;
  }
}

function undo() {
  for (const field of fields.values()) field.input.value = field.sent = field.value;
  answered(() => ask("undo"));
}

function keep(text, name, type) {
  const link = made("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Let the page be drawn before work that takes a second. */
async function slowly(button, work) {
  button.disabled = true;
  const label = button.textContent;
  button.textContent = "Working …";
  await new Promise((done) => setTimeout(done, 50));
  try {
    work();
  } finally {
    button.textContent = label;
    button.disabled = false;
  }
}

async function start() {
  session = await engine();
  const { interventions, places } = ask("shipped");
  byId("intervention").append(...interventions.map(({ name, title }) => made("option", { value: name }, title)));
  byId("places").append(...places.map(({ name, title }) => made("option", { value: name, label: title })));
  const choose = byId("choose");
  choose.addEventListener("click", () => slowly(choose, () =>
    opened(ask("choose", byId("intervention").value, byId("place").value.trim()), "choose-problems")));
  byId("place").addEventListener("keydown", (event) => { if (event.key === "Enter") choose.click(); });
  const read = byId("read");
  read.addEventListener("click", () => slowly(read, () => opened(ask("read", byId("text").value), "read-problems")));
  byId("file").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (file === undefined) return;
    byId("text").value = await file.text();
    read.click();
  });
  byId("find").addEventListener("input", (event) => find(event.target.value));
  byId("undo").addEventListener("click", undo);
  byId("yaml").addEventListener("click", () => keep(session.yaml(), `${named}.yaml`, "application/yaml"));
  byId("report").addEventListener("click", () => keep(session.report(), `${named}.md`, "text/markdown"));
  byId("starting").hidden = true;
  byId("open").hidden = false;
}

start().catch((error) => {
  byId("starting").replaceChildren(made("p", {}, `The engine did not start: ${error.message}. Serve this folder with  sroi studio  or any web server; a page opened as a file may not read its own parts.`));
});
