// Without this file the queue is loaded again every few seconds; with it, cards change in place and keep the focus.
"use strict";

const list = document.getElementById("cards");
const alert = document.getElementById("alert");
const nobody = document.getElementById("nobody");
const blank = document.getElementById("card").content.firstElementChild;
const title = document.title;
const RETRY_MS = 8000;

function made(id) {
  const item = blank.cloneNode(true);
  item.dataset.id = id;
  item.querySelector("a").href = `/console/cases/${id}`;
  item.querySelector("form").action = `/console/cases/${id}/take`;
  return item;
}

function fill(item, card) {
  item.classList.toggle("urgent", card.urgent);
  item.querySelector(".alias").textContent = card.alias;
  item.querySelector(".why").textContent = card.about;
  item.querySelector(".mark").hidden = !card.urgent;
  item.querySelector(".new").hidden = !card.unread;
  item.querySelector("a").hidden = !card.readable;
  item.querySelector("form").hidden = !card.offered;
  for (const name of item.querySelectorAll(".hidden")) name.textContent = ` ${card.alias}`;
}

function show(cards, alerted) {
  alert.hidden = !alerted;
  const known = new Map(Array.from(list.children, (item) => [item.dataset.id, item]));
  cards.forEach((card, place) => {
    const item = known.get(card.id) || made(card.id);
    known.delete(card.id);
    fill(item, card);
    if (list.children[place] !== item) list.insertBefore(item, list.children[place] || null);
  });
  for (const gone of known.values()) gone.remove();
  nobody.hidden = cards.length > 0;
  const waiting = cards.filter((card) => card.unread || card.offered).length;
  document.title = waiting ? `(${waiting}) ${title}` : title;
}

function listen() {
  const source = new EventSource(list.dataset.events);
  source.onmessage = (event) => {
    const news = JSON.parse(event.data);
    show(news.cards, news.alert);
  };
  source.addEventListener("end", () => location.reload());
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) look();
  };
}

// An answer that is no stream ends the browser's own attempts: the server is away, or the session over.
async function look() {
  const patience = new AbortController();
  const answer = await fetch(list.dataset.events, { signal: patience.signal }).catch(() => null);
  patience.abort();
  if (answer && answer.status === 404) location.reload();
  else setTimeout(listen, RETRY_MS);
}

listen();
