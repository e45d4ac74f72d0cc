// Counts the words of a story while it is written; the numbers of the saved text stand there without this too.
const place = document.querySelector("[data-story-length]");
if (place) {
  const unspaced = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]/g;
  const word = /[\p{L}\p{N}_]+(?:[’'\-.][\p{L}\p{N}_]+)*/gu;
  const written = () => {
    const parts = [...document.querySelectorAll("#id_lead, [name^='body-'][name$='-value-quote'], input[type='text'][name^='body-'][name$='-value']")].map((field) => field.value);
    const rich = [...document.querySelectorAll("[data-contentpath='body'] [contenteditable='true']")].map((field) => field.innerText);
    return [...parts, ...rich].join("\n");
  };
  const count = () => {
    const text = written();
    const characters = (text.match(unspaced) ?? []).length;
    const words = (text.replace(unspaced, " ").match(word) ?? []).length;
    const minutes = words + characters ? Math.max(1, Math.ceil(words / 230 + characters / 500)) : 0;
    place.textContent = place.dataset.storyLength.replace("{words}", (words + characters).toLocaleString(document.documentElement.lang)).replace("{minutes}", minutes);
  };
  let waiting;
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(count, 400); };
  document.addEventListener("input", soon);
  document.addEventListener("keyup", soon);
}
