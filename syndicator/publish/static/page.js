// Copy buttons and the directory's filter. Every page is whole without this file.

"use strict";

const canonical = document.querySelector('link[rel="canonical"]').href;
const spoken = document.createElement("p");
spoken.className = "status";
spoken.setAttribute("role", "status");
document.body.append(spoken);

function addCopyButton(after, name, address) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  button.setAttribute("aria-label", `Copy ${name}`);
  button.dataset.address = address;
  after.after(button);
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-address]");
  if (!button) return;
  const { address } = button.dataset;
  try {
    await navigator.clipboard.writeText(address);
  } catch {
    // Pages from a disk or without TLS have no clipboard: then the person copies from the prompt.
    window.prompt("Copy this address:", address);
    return;
  }
  button.dataset.copied = "";
  spoken.textContent = `Copied ${address}`;
  setTimeout(() => {
    delete button.dataset.copied;
    spoken.textContent = "";
  }, 2000);
});

for (const input of document.querySelectorAll(".subscribe input")) {
  input.addEventListener("focus", () => input.select());
  addCopyButton(input, `${input.labels[0].textContent} address`, input.value);
}

for (const link of document.querySelectorAll('.feeds a[href$="/atom.xml"]')) {
  const name = link.parentElement.firstElementChild.textContent;
  addCopyButton(link, `Atom address of ${name}`, new URL(link.getAttribute("href"), canonical).href);
}

const filter = document.querySelector(".filter");
if (filter) {
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const groups = [...document.querySelectorAll(".group")].map((group) => ({
    group,
    open: group.open,
    rows: [...group.querySelectorAll("li")].map((row) => [row, fold(row.firstElementChild.textContent)]),
  }));

  filter.hidden = false;
  filter.addEventListener("submit", (event) => event.preventDefault());
  filter.addEventListener("input", () => {
    const words = fold(filter.querySelector("input").value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const { group, open, rows } of groups) {
      let here = 0;
      for (const [row, name] of rows) {
        row.hidden = !words.every((word) => name.includes(word));
        if (!row.hidden) here += 1;
      }
      group.hidden = here === 0;
      group.open = words.length ? true : open;
      found += here;
    }
    filter.querySelector("output").textContent = words.length ? `${found} found` : "";
  });
}
