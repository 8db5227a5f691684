// The page without this file is a plain form that works; this adds live messages and a fast way out.
"use strict";

const list = document.getElementById("messages");
const words = list.dataset;
const form = document.getElementById("write");
const box = document.getElementById("text");
const trouble = document.getElementById("trouble");
const leave = document.getElementById("leave");
const LEAVE_PRESSES = 3;
const PATIENCE_MS = 20000;
const LONGEST_WAIT_MS = 8000;
const LEAVE_MS = 1000;

// Bubbles of what is on its way, oldest first; each goes when the server shows the same words.
const sending = [];
let posted = Promise.resolve();
let source = null;
let last = Number(words.last);

function element(name, text, className) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function say(text) {
  trouble.textContent = text;
  trouble.hidden = !text;
}

// What the reader wrote last stays at the top of the view, so that a long answer is read from its first sentence;
// what a person writes, and a counselor's page, stay at their end.
function settle() {
  const own = Array.from(list.querySelectorAll(".client")).pop();
  const newest = list.lastElementChild;
  if (!newest) return;
  const atEnd = words.own === "counselor" || newest.classList.contains("counselor") || !own;
  if (atEnd) newest.scrollIntoView({ block: "end" });
  else own.scrollIntoView({ block: "start" });
}

function choices(offered) {
  const made = element("form", "", "choices");
  for (const choice of offered) {
    const button = element("button", choice.label);
    button.name = "choice";
    button.value = choice.id;
    made.append(button);
  }
  return made;
}

function note(item, message) {
  const small = item.querySelector("small");
  small.textContent = message.note;
  small.className = message.failed ? "failed" : "";
}

function bubble(message) {
  const item = element("li", "", message.author);
  item.append(message.name ? element("b", message.name) : element("span", `${message.who}:`, "hidden"));
  item.append(element("p", message.text));
  if (message.choices.length) item.append(choices(message.choices));
  item.append(element("small"));
  note(item, message);
  return item;
}

function show(message) {
  const known = document.getElementById(`m${message.id}`);
  if (known) {
    note(known, message);
    return;
  }
  const item = bubble(message);
  item.id = `m${message.id}`;
  if (message.author === words.own && sending.length) sending.shift().remove();
  list.insertBefore(item, sending[0] || null);
  settle();
}

function showSending(text) {
  const item = bubble({ author: words.own, who: words.who, text, choices: [], note: `${words.sending} …`, failed: false });
  sending.push(item);
  list.append(item);
  settle();
  return item;
}

function nonce() {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (b) => b.toString(16).padStart(2, "0")).join("");
}

async function attempt(body) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    return await fetch(words.post, { method: "POST", body, headers: { "X-Page": "1" }, signal: patience.signal });
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

function pause(milliseconds) {
  return new Promise((done) => {
    setTimeout(done, milliseconds);
    addEventListener("online", done, { once: true });
  });
}

// The same nonce each time: whatever the server got before the connection broke is not taken twice.
async function deliver(fields) {
  const body = new URLSearchParams({ nonce: nonce(), csrf: words.csrf || "", ...fields });
  for (let wait = 1000; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    const answer = await attempt(body);
    if (answer && answer.status < 500) {
      say("");
      return answer.ok;
    }
    say(words.trouble);
    await pause(wait);
  }
}

function post(fields, text) {
  const item = showSending(text);
  posted = posted.then(async () => {
    if (await deliver(fields)) {
      if (!source) listen();
      return;
    }
    sending.splice(sending.indexOf(item), 1);
    item.remove();
    box.value = fields.text || "";
    say(words.refused);
  });
}

list.addEventListener("submit", (event) => {
  event.preventDefault();
  const button = event.submitter;
  if (button) post({ choice: button.value }, button.textContent);
});

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = box.value.trim();
  if (!text) return;
  box.value = "";
  post({ text }, text);
});

box?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

function listen() {
  source = new EventSource(`${words.events}?last=${last}`);
  source.onopen = () => say("");
  source.onmessage = (event) => {
    last = Number(event.lastEventId);
    show(JSON.parse(event.data));
  };
  // A case that was closed, or a session that is over: the server says what there is to see now.
  source.addEventListener("end", () => location.reload());
  source.onerror = () => {
    say(words.trouble);
    if (source.readyState === EventSource.CLOSED) look();
  };
}

// An answer that is no stream ends the browser's own attempts: the server is away, or there is nothing to hear any more.
async function look() {
  const patience = new AbortController();
  const answer = await fetch(words.events, { signal: patience.signal }).catch(() => null);
  patience.abort();
  if (answer && answer.status === 404) location.reload();
  else setTimeout(listen, LONGEST_WAIT_MS);
}

// A form that is sent without us, such as the one that closes a case, leads on by itself.
addEventListener("submit", (event) => {
  if (!event.defaultPrevented && source) source.close();
});

function away() {
  location.replace(leave.dataset.away);
}

// The page is emptied first; the cookie goes on the way; the chat's place in the history is taken by the harmless page.
function go() {
  if (source) source.close();
  document.body.replaceChildren();
  setTimeout(away, LEAVE_MS);
  fetch(leave.href, { redirect: "manual", keepalive: true }).then(away, away);
}

if (leave) {
  let presses = 0;
  leave.addEventListener("click", (event) => {
    event.preventDefault();
    go();
  });
  document.addEventListener("keydown", (event) => {
    presses = event.key === "Escape" ? presses + 1 : 0;
    if (presses === LEAVE_PRESSES) go();
  });
}

// A page that the browser had put aside is fetched anew: it may belong to a conversation that was left.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

if (words.live) {
  listen();
  settle();
}
