// Moves slider positions into signals and signals into words. All arithmetic is in the signals, which were written by the calculation itself.
"use strict";
(() => {
  const model = JSON.parse(document.getElementById("live-model").textContent);
  const words = formatting(model.currency, model.claims);
  const section = document.querySelector(".sliders");
  const sliders = [...section.querySelectorAll("input[type=range]")];
  const shown = [...document.querySelectorAll("[data-signal]")];
  const charts = [];
  let view;

  function formatting(currency, claims = []) {
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

    function fixed(value, places) {
      const nearest = value.toFixed(places);
      const [whole, part] = value.toFixed(100).split(".");
      if (!/^50*$/.test(part.slice(places))) return nearest;
      const below = places ? `${whole}.${part.slice(0, places)}` : whole;
      return "02468".includes(below[below.length - 1]) ? below : nearest;
    }

    function signed(value, digits) {
      return `${value < 0 ? "−" : ""}${currency.prefix}${digits}`;
    }

    function small(value) {
      const digits = fixed(Math.abs(value), 2);
      if (digits === "0.00") {
        if (value === 0) return `${currency.prefix}0`;
        return value > 0 ? `less than ${currency.minor ? `1${currency.minor}` : `${currency.prefix}0.01`}` : `just under ${currency.prefix}0`;
      }
      if (digits.startsWith("0.") && currency.minor) return `${value < 0 ? "−" : ""}${Number(digits.slice(2))}${currency.minor}`;
      return signed(value, digits);
    }

    function beside(value, written, marks) {
      const hidden = marks.filter((mark) => Math.abs(value - mark.at) > 1e-9 && (written - mark.at) * (value - mark.at) <= 0);
      if (!hidden.length) return null;
      const nearest = hidden.reduce((one, other) => (Math.abs(other.at - value) < Math.abs(one.at - value) ? other : one));
      return `${value < nearest.at ? "just under" : "just over"} ${nearest.text}`;
    }

    function withPence(digits) {
      return currency.pence && /^\d+\.\d$/.test(digits) ? `${digits}0` : digits;
    }

    function money(value) {
      const size = Math.abs(value);
      if (size < 1e-6) return `${currency.prefix}0`;
      return size < 9.995 ? small(value) : signed(value, withPence(significant(size, 3)));
    }

    function returned(given, marks = [{ at: 1, text: `${currency.prefix}1` }, ...claims]) {
      const value = [0, 1].find((mark) => Math.abs(given - mark) <= 1e-9) ?? given;
      const size = Math.abs(value);
      const sign = value < 0 ? -1 : 1;
      const closely = () => beside(value, sign * Number(fixed(size, 2)), marks);
      if (size < 9.995) return closely() ?? small(value);
      const whole = size < 1000 ? fixed(size, 0) : String(Number(rounded(size, 3)));
      if (!beside(value, sign * Number(whole), marks)) return signed(value, grouped(whole));
      return closely() ?? signed(value, grouped(fixed(size, 2)));
    }

    function difference(value) {
      return returned(value, [{ at: 1, text: `${currency.prefix}1` }]);
    }

    return { significant, money, returned, difference };
  }

  function distance(value, how, text, base) {
    if (text === base) return model.words.same;
    return (value < 0 ? model.words.less : model.words.more).replace("{}", how(Math.abs(value)));
  }

  function among(ratio) {
    const { interval, centiles } = model.strip;
    if (!centiles.length) return { text: "", beyond: false };
    const below = centiles.filter((each) => each < ratio).length;
    const above = centiles.filter((each) => each > ratio).length;
    const high = below >= above;
    const beyond = ratio < interval[0] || ratio > interval[1];
    const said = beyond ? model.words.beyond : high ? model.words.higher : model.words.lower;
    const text = said.replace("{}", Math.max(below, above)).replace("{}", high ? model.words.much : model.words.little);
    return { text: text[0].toUpperCase() + text.slice(1) + ".", beyond };
  }

  function mark(ratio, valid) {
    const { left, right } = model.strip;
    const marker = document.getElementById("marker");
    const place = Math.min(Math.max((ratio - left) / (right - left), 0), 1);
    marker.style.setProperty("--at", (100 * place).toFixed(2));
    marker.classList.toggle("outside", ratio > right || ratio < left);
    marker.hidden = !valid || !Number.isFinite(ratio);
    const found = marker.hidden ? { text: "", beyond: false } : among(ratio);
    const said = document.getElementById("among");
    said.textContent = found.text;
    document.documentElement.classList.toggle("beyond", found.beyond);
  }

  function show() {
    const valid = view.signal("valid");
    mark(view.signal("ratio"), valid);
    for (const place of shown) {
      const how = words[place.dataset.as];
      const signal = view.signal(place.dataset.signal);
      const value = place.dataset.at === undefined ? signal : signal[place.dataset.at];
      const text = valid && Number.isFinite(value) ? how(value) : "–";
      if (place.dataset.distance === undefined) {
        place.textContent = text;
      } else {
        const apart = how === words.returned ? words.difference : how;
        place.textContent = text === "–" ? "" : distance(view.signal(place.dataset.distance), apart, text, place.dataset.base);
      }
    }
    const moved = sliders.some((slider) => slider.value !== slider.dataset.base);
    document.documentElement.classList.toggle("moved", moved);
    document.getElementById("no-result").hidden = valid;
    document.querySelector(".now .when").textContent = moved ? model.words.at_moved : model.words.at_base;
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
    const widths = new ResizeObserver(fit);
    for (const { place } of charts) widths.observe(place);
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

  function unfold() {
    const named = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const folded = named && named.closest("details:not([open])");
    if (!folded) return;
    folded.open = true;
    named.scrollIntoView();
  }

  if (matchMedia("(max-width: 63.99rem)").matches) document.querySelector(".contents").open = false;
  addEventListener("hashchange", unfold);
  unfold();
  window.sroi = { formatting, among, ready: start() };
})();
