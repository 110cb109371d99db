"use strict";
// What is chosen stands in the address, so that it survives a reload and can be kept.
const form = document.getElementById("choices");
const text = document.getElementById("text");
const status = document.getElementById("state");
const check = document.getElementById("check");
// The PDF takes longest: it comes last, and no other waits for it.
const LANES = [["html", "eml", "txt"], ["pdf"]];
const ORDER = LANES.flat();
const PHONE = 390;
const PATIENCE = 30000;

let stamps = {};
let checked = "";

const chosen = (name) => form.elements[name].value;
const isShown = (name) => form.querySelector(`[name=show][value=${name}]`).checked;
const source = (name) => (name === "txt" ? text.value : name);
const query = (...names) => new URLSearchParams(names.map((name) => [name, chosen(name)])).toString();

function remember() {
  const shown = ORDER.filter(isShown).join(" ");
  const all = new URLSearchParams(query("sample", "language", "width", "scheme"));
  all.set("show", shown);
  all.set("text", text.value);
  history.replaceState(null, "", `?${all}`);
}

function recall() {
  const all = new URLSearchParams(location.search);
  if (matchMedia("(prefers-color-scheme: dark)").matches) form.elements.scheme.value = "dark";
  for (const name of ["sample", "language", "width", "scheme"]) {
    const before = chosen(name);
    if (all.has(name)) form.elements[name].value = all.get(name);
    if (!chosen(name) && name !== "language") form.elements[name].value = before;
  }
  if (all.has("show")) {
    const shown = all.get("show").split(" ");
    for (const box of form.querySelectorAll("[name=show]")) box.checked = shown.includes(box.value);
  }
  if (all.has("text")) text.value = all.get("text");
  if (!text.value) text.value = "txt";
}

// What each frame shows, to tell whether it is still that.
const loaded = {};

function wanted(name) {
  const from = source(name);
  const stamp = stamps[from === "mail-text" ? "eml" : from];
  return `/frame/${from}?${query("sample", "language")}${name === "pdf" ? "" : `&scheme=${chosen("scheme")}`}&at=${stamp}`;
}

async function load(name) {
  const section = document.getElementById(name);
  const address = wanted(name);
  section.setAttribute("aria-busy", "true");
  loaded[name] = address;
  if (name === "pdf" && navigator.pdfViewerEnabled === false) {
    noViewer(section);
  } else {
    const frame = section.querySelector("iframe");
    const arrived = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
    // Not by src, which would add to what the browser's Back button goes through.
    frame.contentWindow.location.replace(address + (name === "pdf" ? "#view=FitH&navpanes=0" : ""));
    await Promise.race([arrived, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  }
  if (name === "eml") await tellMail();
  section.removeAttribute("aria-busy");
}

function noViewer(section) {
  if (section.querySelector(".none")) return;
  const said = document.createElement("p");
  said.className = "none";
  said.textContent = "This browser shows no PDF in a page. Download it above.";
  section.querySelector("iframe").hidden = true;
  section.querySelector(".view").append(said);
}

async function tellMail() {
  const facts = document.getElementById("mail");
  try {
    const mail = await (await fetch(`/mail?${query("sample", "language")}`)).json();
    const subject = document.createElement("bdi");
    subject.textContent = mail.subject;
    const more = mail.attachments?.length ? `, with ${mail.attachments.join(", ")}` : "";
    facts.replaceChildren(...(mail.subject ? [subject, ` (${(mail.bytes / 1000).toFixed(0)} kB${more})`] : []));
  } catch {
    facts.textContent = "";
  }
}

const running = new Map();

function drain(lane) {
  if (!running.has(lane)) running.set(lane, loadAll(lane).finally(() => running.delete(lane)));
  return running.get(lane);
}

const stale = (name) => isShown(name) && loaded[name] !== wanted(name);

async function loadAll(lane) {
  for (let next; (next = lane.find(stale)); ) {
    say("Rendering…");
    await load(next);
  }
}

async function refresh() {
  if (!ORDER.some(stale)) return;
  for (const lane of LANES) await drain(lane);
  if (!ORDER.some(stale)) say(`Up to date, ${new Date().toLocaleTimeString()}`);
}

function say(words, lost = false) {
  status.textContent = words;
  status.classList.toggle("lost", lost);
}

function arrange() {
  const shown = ORDER.filter(isShown);
  document.querySelector("main").classList.toggle("one", shown.length === 1);
  for (const name of ORDER) {
    const section = document.getElementById(name);
    section.hidden = !shown.includes(name);
    const suffix = source(name) === "mail-text" ? "eml" : source(name);
    section.querySelector(".open").href = `/frame/${source(name)}?${query("sample", "language")}`;
    const save = section.querySelector(".save");
    save.href = `/document/brief.${suffix}?${query("sample", "language")}`;
    save.textContent = `Save brief.${suffix}`;
    fit(section);
  }
}

// A page is laid out as wide as its reader's screen, and made smaller to be seen whole.
function fit(section) {
  if (!section.dataset.desktop || section.hidden) return;
  const view = section.querySelector(".view");
  const wide = chosen("width") === "phone" ? PHONE : Number(section.dataset.desktop);
  view.classList.add("scaled");
  view.style.setProperty("--wide", `${wide}px`);
  view.style.setProperty("--scale", Math.min(1, view.clientWidth / wide));
}

async function tellProblems() {
  const now = JSON.stringify(stamps);
  if (!check.open || checked === now || !Object.keys(stamps).length) return;
  checked = now;
  const said = document.getElementById("checked");
  said.textContent = "Checking with every sample…";
  let problems;
  try {
    problems = await (await fetch("/check")).json();
  } catch {
    said.textContent = "It could not be checked; the terminal says why.";
    return;
  }
  if (checked !== now) return;
  const list = document.getElementById("problems");
  list.replaceChildren(...problems.map(item));
  said.textContent = "";
  const count = (level) => problems.filter((problem) => problem.level === level).length;
  check.querySelector("summary").textContent = problems.length
    ? `Check: errors ${count("error")}, warnings ${count("warning")}, advice ${count("advice")}`
    : "Check: nothing is wrong";
}

function item(problem) {
  const row = document.createElement("li");
  row.className = problem.level;
  const level = document.createElement("strong");
  level.textContent = problem.level;
  const place = document.createElement("code");
  place.textContent = problem.place;
  row.append(level, " ", place, ` ${problem.text}`);
  return row;
}

function update() {
  remember();
  arrange();
  refresh();
}

recall();
arrange();
form.addEventListener("change", update);
form.addEventListener("submit", (event) => event.preventDefault());
text.addEventListener("change", update);
check.addEventListener("toggle", tellProblems);
const observer = new ResizeObserver((entries) => entries.forEach((entry) => fit(entry.target.closest("section"))));
for (const view of document.querySelectorAll(".view")) observer.observe(view);

const changes = new EventSource("/changes");
changes.addEventListener("message", (event) => {
  stamps = JSON.parse(event.data);
  refresh();
  tellProblems();
});
// Another preview counts from the start, and may be of another theme.
changes.addEventListener("open", () => status.classList.contains("lost") && location.reload());
changes.addEventListener("error", () => say("The preview has ended; start it again in the terminal", true));
