// What the pages gain from script beyond htmx. Everything works without it.
(() => {
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  const announcer = byId("announcer");
  const offline = byId("offline");
  const dialog = byId("dialog");
  let opener = "";
  root.classList.add("js");

  const announce = (text) => { announcer.textContent = text; };
  const inside = (event, selector) => event.target.closest?.(selector);

  const heard = {};
  const announceChanges = (aloud) => {
    for (const piece of document.querySelectorAll("[data-announce]")) {
      const text = piece.dataset.announce;
      if (aloud && heard[piece.id] !== text) announce(text);
      heard[piece.id] = text;
    }
  };

  const shown = new WeakSet();
  const focusOn = (element) => {
    if (!element) return;
    if (element.tabIndex < 0) element.tabIndex = -1;
    element.focus();
  };

  const focusOnNews = () => {
    const news = document.querySelector("[data-focus]");
    if (!news || shown.has(news)) return;
    shown.add(news);
    if (!document.activeElement.matches("input, select, textarea")) focusOn(news); // whoever types goes on
  };

  const copy = async (button) => {
    const source = byId(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(source.textContent);
    } catch { // a page without TLS has no clipboard
      const details = source.closest("details");
      if (details) details.open = true;
      getSelection().selectAllChildren(source);
      document.execCommand("copy");
    }
    const label = button.querySelector("span");
    const before = (label.dataset.text ??= label.textContent);
    label.textContent = document.body.dataset.copied;
    announce(document.body.dataset.copied);
    setTimeout(() => { label.textContent = before; }, 2000);
  };

  const openDialog = async (link) => {
    opener = link.id;
    await htmx.ajax("GET", link.dataset.dialog || link.href, { source: dialog, target: dialog, swap: "innerHTML" });
    if (dialog.firstElementChild && !dialog.open) dialog.showModal();
  };

  document.addEventListener("click", (event) => {
    const off = inside(event, "[aria-disabled=true]");
    if (off) {
      event.preventDefault();
      event.stopImmediatePropagation();
      focusOn(byId(off.getAttribute("aria-describedby")));
      return;
    }
    const button = inside(event, "[data-copy]");
    if (button) copy(button);
    if (inside(event, "[data-print]")) print();
    const link = inside(event, "[data-dialog]");
    if (link && window.htmx && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      openDialog(link);
    }
    if (dialog.open && inside(event, "[data-close]")) {
      event.preventDefault();
      dialog.close();
    }
  }, true);

  dialog.addEventListener("close", () => {
    dialog.replaceChildren();
    byId(opener)?.focus();
  });
  document.addEventListener("close-dialog", () => {
    dialog.close();
    byId("specific").click(); // whom was chosen says that not everyone may
  });

  // a second click sends nothing while the first is on its way
  const sent = new Set();
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (sent.has(event.target)) event.preventDefault();
    sent.add(event.target);
    event.submitter?.setAttribute("aria-busy", "true");
  });
  addEventListener("pageshow", () => {
    sent.clear();
    for (const busy of document.querySelectorAll("[aria-busy]")) busy.removeAttribute("aria-busy");
  });

  // two requests may come in the wrong order: what was typed last is kept
  for (const type of ["input", "change", "submit"]) {
    document.addEventListener(type, (event) => {
      const stamp = (event.target.form ?? event.target).elements?.typed_at;
      if (stamp) stamp.value = Date.now();
    }, true);
  }

  // what comes back while a button is held down must not take it away before it is let go
  let pressed = false;
  document.addEventListener("pointerdown", (event) => { pressed = Boolean(inside(event, "button[type=submit]")); });
  document.addEventListener("click", () => { setTimeout(() => { pressed = false; }); });
  document.addEventListener("pointercancel", () => { pressed = false; });
  document.addEventListener("htmx:before:swap", (event) => { if (pressed) event.preventDefault(); });

  document.addEventListener("htmx:after:swap", () => {
    announceChanges(true);
    setTimeout(focusOnNews); // htmx gives the focus back to where it was
  });

  let trouble = "";
  const troubled = (why) => {
    if (trouble === why) return;
    trouble = why;
    offline.hidden = !why;
    offline.innerHTML = why && byId(why).innerHTML;
  };
  const sendAgain = () => document.querySelector("form[hx-post]")?.dispatchEvent(new Event("change"));
  addEventListener("focus", () => { if (trouble) sendAgain(); });
  let renewed = false;
  const renew = (token) => { // signed in anew in another tab
    if (renewed) return;
    renewed = true;
    for (const each of document.querySelectorAll("[name=csrf_token]")) each.value = token;
    document.body.setAttribute("hx-headers:inherited", JSON.stringify({ "X-CSRFToken": token }));
    setTimeout(sendAgain);
  };
  document.addEventListener("htmx:error", () => troubled("no-answer"));
  document.addEventListener("htmx:after:request", (event) => {
    const { status, headers } = event.detail.ctx.response;
    const token = headers.get("X-CSRFToken");
    if (token) return renew(token);
    const well = status < 400 || [409, 422].includes(status);
    if (well) renewed = false;
    troubled(well ? "" : status === 401 ? "signed-out" : "no-answer");
  });

  document.addEventListener("toggle", (event) => {
    if (event.target.open && event.target.matches(".secret")) event.target.querySelector("input").focus();
  }, true);

  announceChanges(false);
  if (document.querySelector("[data-focus]")) history.replaceState(null, "", location.pathname + location.search);
  focusOnNews(); // and not what the address points at
  const flashed = document.querySelectorAll("[data-flash]"); // what is there from the beginning is not read aloud
  if (flashed.length) setTimeout(() => announce([...flashed].map((each) => each.innerText).join(" ")), 100);
})();
