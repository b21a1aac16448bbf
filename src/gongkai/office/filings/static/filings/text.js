/* 输入时随时显示字数；没有脚本时显示打开页面时的字数。 */

for (const counter of document.querySelectorAll("[data-counts]")) {
  const field = document.getElementById(counter.dataset.counts);
  if (field) {
    field.addEventListener("input", () => {
      counter.textContent = [...field.value.replace(/\s/g, "")].length;
    });
  }
}
