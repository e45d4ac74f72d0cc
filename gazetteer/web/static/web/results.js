// On a page of results: the visitor's position on request, the filters beside the results, and which searches led to a
// click. All of it works without; nothing is kept of the visitor.

const button = document.getElementById("my-position");
const told = document.getElementById("position-told");
const near = document.getElementById("near");

/** Put the position into the form, to some hundred metres, and search. */
function found({ coords }) {
  near.value = `${coords.latitude.toFixed(3)},${coords.longitude.toFixed(3)}`;
  near.form.requestSubmit();
}

if (button && "geolocation" in navigator) {
  button.hidden = false;
  button.addEventListener("click", () => {
    told.textContent = "";
    navigator.geolocation.getCurrentPosition(found, () => (told.textContent = told.dataset.refused), { timeout: 15000, maximumAge: 60000 });
  });
}

// Beside the results the filters stand open; where the style sheet cannot say so, this does. Chosen from, they stay open.
const filters = document.getElementById("filters");
if (filters && (matchMedia("(min-width: 62rem)").matches || location.hash.startsWith("#filter-"))) filters.open = true;

// A click upon a result is counted for the search, not for the visitor; the link itself leads straight to its page.
const body = document.querySelector(".results-body[data-clicks]");
body?.addEventListener("click", (event) => {
  if (!event.target.closest(".hits .listing-name a") || !body.dataset.words) return;
  navigator.sendBeacon(body.dataset.clicks, new URLSearchParams({ q: body.dataset.words }));
});
