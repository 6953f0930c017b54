// Everything works without this file. It offers what may be meant while one types, copies citations, moves between hits by key, follows places that stand in
// another part of a long law, and changes filters without loading the whole page.
"use strict";

(function () {
  function copyButtons() {
    if (!navigator.clipboard) return;
    for (const button of document.querySelectorAll("button.copy")) {
      button.hidden = false;
      button.addEventListener("click", async function () {
        const source = document.querySelector(button.dataset.copy);
        try {
          await navigator.clipboard.writeText(source.textContent.trim().replace(/\s+/g, " "));
        } catch (refused) {
          // The browser does not let us copy: what would have been copied is at least selected.
          getSelection().selectAllChildren(source);
          return;
        }
        const words = button.textContent;
        button.textContent = button.dataset.done;
        setTimeout(function () { button.textContent = words; }, 2000);
      });
    }
  }

  // A place that is not on this page stands in another part of the law.
  function otherPart() {
    const law = document.querySelector(".law[data-parted]");
    const id = decodeURIComponent(location.hash.slice(1));
    if (!law || !id || document.getElementById(id)) return;
    const url = new URL(location.href);
    if (url.searchParams.get("at") === id) return;
    url.searchParams.set("at", id);
    location.replace(url);
  }

  // n and p, or j and k, move between provisions with hits.
  function hitKeys() {
    const hits = Array.from(document.querySelectorAll(".unit.hit"));
    if (hits.length === 0) return;
    document.addEventListener("keydown", function (event) {
      const typing = event.target.closest("input, textarea, select, [contenteditable]");
      if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
      const step = { n: 1, j: 1, p: -1, k: -1 }[event.key];
      if (!step) return;
      const edge = 100;
      const after = hits.findIndex(function (hit) { return hit.getBoundingClientRect().top > edge; });
      const here = after < 0 ? hits.length : after;
      const passed = hits.filter(function (hit) { return hit.getBoundingClientRect().top < edge - 60; }).length;
      const next = step > 0 ? hits[here] : hits[passed - 1];
      if (!next) return;
      event.preventDefault();
      next.setAttribute("tabindex", "-1");
      next.scrollIntoView({ block: "start" });
      next.focus({ preventScroll: true });
    });
  }

  // The provision in view is marked in the contents.
  function currentPlace() {
    const contents = document.querySelector(".contents");
    if (!contents || !("IntersectionObserver" in window)) return;
    const links = new Map();
    for (const link of contents.querySelectorAll('a[href^="#"]')) links.set(link.hash.slice(1), link);
    let current = null;
    const observer = new IntersectionObserver(function (entries) {
      for (const entry of entries) {
        const link = entry.isIntersecting && links.get(entry.target.id);
        if (!link) continue;
        if (current) current.removeAttribute("aria-current");
        current = link;
        link.setAttribute("aria-current", "location");
        const box = contents.getBoundingClientRect();
        const place = link.getBoundingClientRect();
        if (box.height < contents.scrollHeight && (place.top < box.top || place.bottom > box.bottom)) {
          contents.scrollTop += place.top - box.top - box.height / 3;
        }
      }
    }, { rootMargin: "0px 0px -75% 0px" });
    for (const unit of document.querySelectorAll(".text > section")) observer.observe(unit);
  }

  // Filters, order and pages of results change the results alone; the address follows.
  function smoothFilters() {
    if (!document.body.classList.contains("search")) return;
    let latest = 0;
    async function show(url, push) {
      const mine = ++latest;
      const main = document.getElementById("main");
      main.setAttribute("aria-busy", "true");
      try {
        const response = await fetch(url, { headers: { Accept: "text/html" } });
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        if (mine !== latest) return;
        const closed = new Set();
        for (const facet of main.querySelectorAll(".facet:not([open]) > summary")) closed.add(facet.textContent);
        main.replaceChildren(...page.getElementById("main").childNodes);
        for (const summary of main.querySelectorAll(".facet > summary")) {
          if (closed.has(summary.textContent)) summary.parentElement.open = false;
        }
        document.title = page.title;
        if (push) history.pushState({ smooth: true }, "", url);
      } catch (error) {
        location.assign(url);
      } finally {
        main.removeAttribute("aria-busy");
      }
    }
    document.addEventListener("click", function (event) {
      const link = event.target.closest(".filters a, .reading a[rel], .chosen a, .menu a, .pager a");
      const plain = !event.defaultPrevented && event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
      if (!link || !plain || link.pathname !== "/search" || link.origin !== location.origin) return;
      event.preventDefault();
      const paged = link.closest(".pager");
      show(link.href, true).then(function () {
        if (paged) scrollTo(0, 0);
        const again = Array.from(document.querySelectorAll(".filters a")).find(function (a) {
          return a.textContent === link.textContent;
        });
        (again || document.getElementById("main")).focus({ preventScroll: true });
      });
    });
    addEventListener("popstate", function () { show(location.href, false); });
  }

  // A menu closes when something else is pressed.
  function menus() {
    document.addEventListener("click", function (event) {
      for (const open of document.querySelectorAll(".menu[open], details.why[open]")) {
        if (!open.contains(event.target)) open.open = false;
      }
    });
    document.addEventListener("keydown", function (event) {
      if (event.key !== "Escape") return;
      for (const open of document.querySelectorAll(".menu[open], details.why[open]")) open.open = false;
    });
  }

  // What may be meant is offered while one types: a combobox with a list, as WAI-ARIA 1.2 describes it. Nothing is
  // chosen unless the reader does, so that Enter searches for what was typed.
  function completions() {
    const words = document.getElementById("completing");
    if (!words) return;
    for (const input of document.querySelectorAll("form.find input[name=q]")) combobox(input, words.dataset);
  }

  function combobox(input, words) {
    const list = document.createElement("ul");
    list.id = input.id + "-list";
    list.hidden = true;
    list.className = "offers";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", words.label);
    const status = document.createElement("div");
    status.className = "hidden";
    status.setAttribute("role", "status");
    input.after(list, status);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");
    let active = -1;
    let timer = 0;
    let asking = null;

    function mark(place) {
      const options = list.children;
      if (options[active]) options[active].setAttribute("aria-selected", "false");
      active = place;
      const option = options[active];
      if (!option) return input.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
    }
    function open(is) {
      list.hidden = !is;
      input.setAttribute("aria-expanded", String(is));
      mark(-1);
    }
    function close() {
      clearTimeout(timer);
      if (asking) asking.abort();
      open(false);
    }
    function piece(className, text, language) {
      const span = document.createElement("bdi");
      span.className = className;
      span.textContent = text;
      if (language) span.lang = language;
      return span;
    }
    function show(completions) {
      list.replaceChildren(...completions.map(function (completion, place) {
        const option = document.createElement("li");
        option.id = list.id + "-" + place;
        option.dataset.url = completion.url;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        const about = [words[completion.kind], completion.place, completion.gloss].filter(Boolean).join(" · ");
        option.append(piece("offer", completion.text, completion.language), " ", piece("quiet", about));
        return option;
      }));
      const count = completions.length;
      status.textContent = count === 0 ? words.none : count === 1 ? words.one : words.many.replace("#", count);
      open(count > 0);
    }
    async function ask() {
      if (asking) asking.abort();
      asking = new AbortController();
      try {
        const url = "/api/v1/complete?limit=8&q=" + encodeURIComponent(input.value.trim().slice(0, 160));
        const response = await fetch(url, { signal: asking.signal, headers: { Accept: "application/json" } });
        if (response.ok) show((await response.json()).completions);
      } catch (gone) {
        // The reader typed on, or there is no connection: the search itself works as before.
      }
    }
    input.addEventListener("input", function () {
      clearTimeout(timer);
      const typed = input.value.trim();
      if (typed.length < 2 && !/[^ -ɏ]/.test(typed)) return close();
      timer = setTimeout(ask, 100);
    });
    input.addEventListener("keydown", function (event) {
      if (event.isComposing) return;
      const count = list.children.length;
      if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count > 0) {
        event.preventDefault();
        if (list.hidden) open(true);
        const step = event.key === "ArrowDown" ? 1 : -1;
        mark(active < 0 && step < 0 ? count - 1 : active + step >= count ? -1 : active + step);
      } else if (event.key === "Enter" && active >= 0 && !list.hidden) {
        event.preventDefault();
        location.assign(list.children[active].dataset.url);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      } else if (event.key === "Tab") {
        close();
      }
    });
    input.addEventListener("blur", close);
    // A press on the list must not take the focus away before the click arrives.
    list.addEventListener("mousedown", function (event) { event.preventDefault(); });
    list.addEventListener("click", function (event) {
      const option = event.target.closest("[role=option]");
      if (option) location.assign(option.dataset.url);
    });
  }

  completions();
  copyButtons();
  otherPart();
  addEventListener("hashchange", otherPart);
  hitKeys();
  currentPlace();
  smoothFilters();
  menus();
})();
