// Every text of the diagrams on the page that stands out from its ground by less than WCAG's AA asks of body text (4.5). The
// ground is what the shapes before the text leave of the page's colour at its middle.
(() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };
  const over = (ground, [red, green, blue], alpha) => [red, green, blue].map((part, at) => part * alpha + ground[at] * (1 - alpha));
  const luminance = (colour) => {
    const [red, green, blue] = colour.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const opacity = (one) => {
    let product = 1;
    for (; one && one.tagName !== "DIV"; one = one.parentElement) product *= Number(getComputedStyle(one).opacity);
    return product;
  };
  const paper = rgba(getComputedStyle(document.body).backgroundColor);
  const wrong = [];
  let count = 0;
  document.querySelectorAll(".diagram").forEach((figure, number) => {
    for (const svg of figure.querySelectorAll("svg[role]")) {
      if (!svg.getBoundingClientRect().width) continue;
      const shapes = [...svg.querySelectorAll("rect, polygon, circle, ellipse, path")].filter((one) => !one.closest("defs, marker"));
      for (const text of svg.querySelectorAll("text")) {
        const box = text.getBoundingClientRect();
        if (!text.textContent.trim() || !box.width) continue;
        count += 1;
        const middle = new DOMPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
        let ground = paper.slice(0, 3);
        for (const shape of shapes) {
          if (!(shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
          const style = getComputedStyle(shape);
          if (style.fill === "none" || style.fill.startsWith("url")) continue;
          if (!shape.isPointInFill(middle.matrixTransform(shape.getScreenCTM().inverse()))) continue;
          const colour = rgba(style.fill);
          ground = over(ground, colour, colour[3] * Number(style.fillOpacity) * opacity(shape));
        }
        const inner = text.querySelector("tspan:not(:has(tspan))") || text;
        const style = getComputedStyle(inner);
        const colour = rgba(style.fill);
        const ink = over(ground, colour, colour[3] * Number(style.fillOpacity) * opacity(inner));
        const [lighter, darker] = [luminance(ink), luminance(ground)].sort((a, b) => b - a);
        const contrast = (lighter + 0.05) / (darker + 0.05);
        if (contrast < 4.5) {
          wrong.push(`${number + 1}: ${text.textContent.trim()} (${contrast.toFixed(2)}: ${style.fill} on ${ground.map(Math.round)})`);
        }
      }
    }
  });
  return { count, wrong };
})()
