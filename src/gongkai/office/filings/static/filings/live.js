// 停下输入以后，把填的内容送去核对，结果放在输入框旁边；什么都不保存。没有脚本时用“核对一下”按钮。
"use strict";

const PAUSE = 1200; // 毫秒

async function look(form, signal) {
  const sent = new FormData(form);
  sent.set("_live", "1");
  const answer = await fetch(form.dataset.live, { method: "POST", body: sent, credentials: "same-origin", signal });
  if (answer.redirected || !answer.ok) {
    return;
  }
  const found = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const place of form.querySelectorAll("[data-seen]")) {
    const told = found.getElementById(place.id);
    if (told && told.innerHTML.trim() !== place.innerHTML.trim()) {
      place.replaceChildren(...told.childNodes);
    }
  }
}

for (const form of document.querySelectorAll("form[data-live]")) {
  let timer = 0;
  let running = new AbortController();
  form.addEventListener("input", () => {
    clearTimeout(timer);
    running.abort();
    timer = setTimeout(() => {
      running = new AbortController();
      look(form, running.signal).catch(() => {}); // 断了网，或者又有新的输入：等下一次
    }, PAUSE);
  });
}
