// 只在另一项选了某个值时才要填的各项：没有选到时收起来。没有脚本时各项都显示，由服务器判断。
"use strict";

function chosen(form, name) {
  const inputs = [...form.elements].filter((element) => element.name === name);
  const one = inputs.find((element) => element.type !== "radio" || element.checked);
  return one && (one.type !== "radio" || one.checked) ? one.value : "";
}

function show(form) {
  for (const field of form.querySelectorAll(".o-field[data-when]")) {
    const fits = field.dataset.is.split(" ").includes(chosen(form, field.dataset.when));
    field.hidden = !fits && !field.classList.contains("o-field-wrong");
    for (const input of field.querySelectorAll("input, select, textarea")) {
      input.disabled = field.hidden;
    }
  }
}

for (const form of document.querySelectorAll("form.o-form")) {
  show(form);
  form.addEventListener("change", () => show(form));
}
