// The page without this file is a plain form that works; this adds live messages and a fast way out.
"use strict";

const list = document.getElementById("messages");
const form = document.getElementById("write");
const box = document.getElementById("text");
const trouble = document.getElementById("trouble");
const LEAVE_PRESSES = 3;
let last = Number(list.dataset.last);

function element(name, text, className) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function nonce() {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (b) => b.toString(16).padStart(2, "0")).join("");
}

function show(message) {
  const item = element("li", "", message.author);
  if (message.name) item.append(element("b", message.name));
  item.append(element("p", message.text));
  if (message.choices.length) {
    const choices = element("form", "", "choices");
    for (const choice of message.choices) {
      const button = element("button", choice.label);
      button.name = "choice";
      button.value = choice.id;
      choices.append(button);
    }
    item.append(choices);
  }
  list.append(item);
  item.scrollIntoView({ block: "end" });
}

async function post(fields) {
  const body = new URLSearchParams({ nonce: nonce(), csrf: list.dataset.csrf || "", ...fields });
  for (let attempt = 0; attempt < 5; attempt += 1) {
    try {
      const answer = await fetch(list.dataset.post, { method: "POST", body, headers: { "X-Page": "1" } });
      trouble.hidden = true;
      if (answer.status === 200 || answer.status === 303) location.reload();
      return answer.ok;
    } catch {
      trouble.hidden = false;
      await new Promise((done) => setTimeout(done, 1000 * (attempt + 1)));
    }
  }
  return false;
}

list.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.submitter) post({ choice: event.submitter.value });
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = box.value.trim();
  if (!text) return;
  box.value = "";
  if (!(await post({ text }))) box.value = text;
});

box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    form.requestSubmit();
  }
});

function listen() {
  const source = new EventSource(`${list.dataset.events}?last=${last}`);
  source.onmessage = (event) => {
    trouble.hidden = true;
    if (Number(event.lastEventId) <= last) return;
    last = Number(event.lastEventId);
    show(JSON.parse(event.data));
  };
  source.onerror = () => { trouble.hidden = source.readyState === EventSource.OPEN; };
}

const leave = document.getElementById("leave");
let presses = 0;
function go(event) {
  if (event) event.preventDefault();
  document.body.replaceChildren();
  location.replace(leave.href);
}
if (leave) {
  leave.addEventListener("click", go);
  document.addEventListener("keydown", (event) => {
    presses = event.key === "Escape" ? presses + 1 : 0;
    if (presses === LEAVE_PRESSES) go();
  });
}

listen();
if (list.lastElementChild) list.lastElementChild.scrollIntoView({ block: "end" });
