// A tap on a headline opens its card as well, and a link into a closed card opens it where the browser does not.
(() => {
  for (const headline of document.querySelectorAll(".story > .headline")) {
    headline.style.cursor = "pointer";
    headline.addEventListener("click", (event) => {
      const more = headline.parentElement.querySelector("details");
      if (!event.target.closest(".cite") && !String(getSelection())) more.open = !more.open;
    });
  }
  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1)), closed = target?.closest("details:not([open])");
    if (closed) { closed.open = true; target.scrollIntoView(); }
  };
  addEventListener("hashchange", reveal);
  reveal();
})();
