// Moves slider positions into signals and signals into words. All arithmetic is in the signals, which were written by the calculation itself.
"use strict";
(() => {
  const model = JSON.parse(document.getElementById("live-model").textContent);
  const words = formatting(model.currency);
  const section = document.getElementById(model.section);
  const sliders = [...section.querySelectorAll("input[type=range]")];
  const shown = [...section.querySelectorAll("[data-signal]")];
  const charts = [];
  let view;

  function formatting(currency) {
    // The counterpart of sroi/formatting.py: the same digits for the same number, ties to the even digit as there.
    const grouped = (digits) => digits.replace(/^\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));

    function rounded(value, digits) {
      const nearest = value.toExponential(digits - 1);
      const [mantissa, power] = value.toExponential(60).split("e");
      const exact = mantissa.replace(".", "");
      const tie = /^50*$/.test(exact.slice(digits));
      if (!tie || "13579".includes(exact[digits - 1])) return nearest;
      return `${exact[0]}.${exact.slice(1, digits)}e${power}`;
    }

    function significant(value, digits) {
      if (value === 0) return "0";
      const text = rounded(Math.abs(value), digits);
      const places = Math.max(digits - 1 - Number(text.split("e")[1]), 0);
      return `${value < 0 ? "−" : ""}${grouped(Number(text).toFixed(places))}`;
    }

    function withPence(digits) {
      return currency.pence && /^\d+\.\d$/.test(digits) ? `${digits}0` : digits;
    }

    function money(value) {
      const size = Math.abs(value);
      const digits = size < 1 ? (size > 0.5 ? "1" : "0") : significant(size, 3);
      return `${value < 0 && digits !== "0" ? "−" : ""}${currency.prefix}${withPence(digits)}`;
    }

    function returned(value) {
      const two = significant(Math.abs(value), 2);
      const digits = two.startsWith("0.0") ? two.replace(/0+$/, "") : two;
      return `${value < 0 ? "−" : ""}${currency.prefix}${withPence(digits)}`;
    }

    return { significant, money, returned };
  }

  function distance(value, how, text, base) {
    if (text === base) return model.words.same;
    return (value < 0 ? model.words.less : model.words.more).replace("{}", how(Math.abs(value)));
  }

  function show() {
    const valid = view.signal("valid");
    section.classList.toggle("no-result", !valid);
    for (const place of shown) {
      const how = words[place.dataset.as];
      const signal = view.signal(place.dataset.signal);
      const value = place.dataset.at === undefined ? signal : signal[place.dataset.at];
      const text = valid && Number.isFinite(value) ? how(value) : "–";
      if (place.dataset.distance === undefined) {
        place.textContent = text;
      } else {
        place.textContent = text === "–" ? "" : distance(view.signal(place.dataset.distance), how, text, place.dataset.base);
      }
    }
    const moved = sliders.some((slider) => slider.value !== slider.dataset.base);
    document.documentElement.classList.toggle("moved", moved);
    document.getElementById("no-result").hidden = valid;
    document.getElementById("setting").textContent = moved
      ? model.words.moved + sliders.filter((slider) => slider.value !== slider.dataset.base).map((slider) => slider.dataset.say).join("; ") + "."
      : model.words.base;
    for (const chart of charts) {
      for (const name of chart.signals) chart.view.signal(name, view.signal(name));
      chart.view.runAsync();
    }
  }

  function read(slider) {
    const own = model.sliders[slider.name];
    const at = own.positions[slider.value];
    slider.setAttribute("aria-valuetext", at.text);
    slider.dataset.say = `${own.title} ${at.text}`;
    document.getElementById(`${slider.id}-value`).textContent = at.text;
    slider.closest(".slider").classList.toggle("changed", slider.value !== slider.dataset.base);
    view.signal(own.signal, at.value);
  }

  function refresh() {
    sliders.forEach(read);
    view.runAsync().then(show);
  }

  async function start() {
    const options = { actions: false, ast: true, renderer: "svg", defaultStyle: false, tooltip: false, expressionFunctions: { money: words.money } };
    const calculation = document.createElement("div");
    view = (await vegaEmbed(calculation, model.calculation, options)).view;
    for (const chart of model.charts) {
      const place = document.getElementById(chart.id);
      const embedded = (await vegaEmbed(place, chart.spec, options)).view;
      place.querySelector("svg").setAttribute("aria-hidden", "true");
      charts.push({ view: embedded, signals: chart.signals, place });
    }
    const fit = () => {
      for (const { view: each, place } of charts) {
        if (place.clientWidth && each.signal("page_width") !== place.clientWidth) each.signal("page_width", place.clientWidth).runAsync();
      }
    };
    new ResizeObserver(fit).observe(section);
    fit();
    let waiting = false;
    section.addEventListener("input", () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        refresh();
      });
    });
    document.getElementById("reset").addEventListener("click", () => {
      for (const slider of sliders) slider.value = slider.dataset.base;
      refresh();
    });
    refresh();
    document.documentElement.classList.add("live");
  }

  if (matchMedia("(max-width: 63.99rem)").matches) document.querySelector(".contents").open = false;
  window.sroi = { formatting, ready: start() };
})();
