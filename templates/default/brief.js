// A convenience: the page works without it. Where there is room beside the text, the contents are open. Esc closes a card, a first tap opens it, and a card that would
// leave the window at its foot stands above its line.
(() => {
  const outline = document.querySelector(".outline details");
  if (outline && matchMedia("(min-width: 80rem)").matches) outline.open = true;
  const cites = document.querySelectorAll(".cite");
  const reopen = (cite) => cite.classList.remove("closed");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      for (const cite of cites) if (cite.matches(":hover, :focus-within")) cite.classList.add("closed");
    }
  });
  for (const cite of cites) {
    const call = cite.querySelector(".call"), card = cite.querySelector(".card");
    const place = () => {
      card.classList.remove("above");
      const box = card.getBoundingClientRect();
      if (getComputedStyle(card).position === "absolute" && box.bottom > innerHeight && box.height < call.getBoundingClientRect().top) {
        card.classList.add("above");
      }
    };
    cite.addEventListener("mouseenter", () => { reopen(cite); place(); });
    cite.addEventListener("focusin", () => { reopen(cite); place(); });
    cite.addEventListener("mouseleave", () => { if (!cite.matches(":focus-within")) reopen(cite); });
    cite.addEventListener("focusout", (event) => { if (!cite.contains(event.relatedTarget)) reopen(cite); });
    let shown = false;
    cite.addEventListener("pointerdown", () => { shown = cite.matches(":focus-within:not(.closed)"); });
    call.addEventListener("click", (event) => {
      if (event.pointerType === "touch" && !shown) { event.preventDefault(); call.focus(); }
    });
  }
})();
