// 核对的进度：每三秒取一次本页，更新进度；核对完了就换成结果。没有脚本时，页面上的按钮做同样的事。
"use strict";

async function update() {
  const answer = await fetch(location.href, { credentials: "same-origin" });
  const text = await answer.text();
  const page = new DOMParser().parseFromString(text, "text/html");
  const told = page.getElementById("progress");
  if (!answer.ok || !told) {
    location.reload();
    return;
  }
  const shown = document.getElementById("progress");
  shown.querySelector("[role=status]").textContent = told.querySelector("[role=status]").textContent;
  shown.querySelector("progress").replaceWith(told.querySelector("progress"));
  setTimeout(update, 3000);
}

setTimeout(update, 3000);
