// Improves what already works without it. Loads nothing from another host until the visitor asks.

/** Swap an embed's link for its frame, once the visitor has chosen it. */
function openEmbed(event) {
  const link = event.target.closest(".embed[data-frame] > a");
  const address = link?.parentElement.dataset.frame;
  if (!address?.startsWith("https://") || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const holder = link.parentElement;
  const frame = document.createElement("iframe");
  frame.src = address;
  frame.title = holder.dataset.title || link.textContent.trim();
  frame.allowFullscreen = true;
  frame.referrerPolicy = "no-referrer";
  frame.style.aspectRatio = holder.dataset.ratio || "16 / 9";
  holder.querySelector("picture")?.remove();
  link.replaceWith(frame);
  frame.tabIndex = -1;
  frame.focus();
}

/** Press / to search, as long as nothing is being typed. */
function focusSearch(event) {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const box = document.querySelector("main form.search input[type=search], form.search input[type=search]");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
}

document.addEventListener("click", openEmbed);
document.addEventListener("keydown", focusSearch);
