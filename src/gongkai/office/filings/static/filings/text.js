/* 输入时随时显示字数，算法与 Word 相同：汉字和全角标点各算一个，连写的字母数字合起来算一个。没有脚本时显示打开页面时的字数。 */

const WIDE = "“”‘’…—·×÷°±①-⓿\\u1100-\\u{3FFFF}";
const COUNTED = new RegExp(`[${WIDE}]|[^\\s${WIDE}]+`, "gu");

for (const counter of document.querySelectorAll("[data-counts]")) {
  const field = document.getElementById(counter.dataset.counts);
  if (field) {
    field.addEventListener("input", () => {
      counter.textContent = (field.value.match(COUNTED) || []).length;
    });
  }
}
