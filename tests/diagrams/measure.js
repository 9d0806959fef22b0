// Every text of the diagrams on the page that is not inside its shape, or not inside its picture. A text's shape is the
// smallest one around its middle, among those that stand before it in the same group or in the two around that.
(() => {
  const wrong = [];
  const SLACK = 1;
  const inside = (inner, outer) =>
    inner.left >= outer.left - SLACK && inner.right <= outer.right + SLACK && inner.top >= outer.top - SLACK && inner.bottom <= outer.bottom + SLACK;
  const around = (outer, x, y) => x >= outer.left && x <= outer.right && y >= outer.top && y <= outer.bottom;
  let count = 0;
  document.querySelectorAll(".diagram").forEach((figure, number) => {
    // Graphs are drawn in outlines, and have nothing else in the group of a node.
    const isOutlined = figure.matches("[data-tool=dot], [data-tool=graphviz], [data-tool=gv]");
    for (const svg of figure.querySelectorAll("svg[role]")) {
      const picture = svg.getBoundingClientRect();
      if (!picture.width) continue;
      for (const text of svg.querySelectorAll("text")) {
        const box = text.getBoundingClientRect();
        if (!text.textContent.trim() || !box.width) continue;
        count += 1;
        const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
        let shape = null;
        let group = text.parentElement;
        for (let level = 0; level < 5 && group && group !== svg && !shape; level++, group = group.parentElement) {
          const shapes = [...group.querySelectorAll(":scope > :is(rect, polygon, circle, ellipse, path), :scope > g > :is(rect, polygon, circle, ellipse, path)")]
            .filter((one) => one.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING && (isOutlined || getComputedStyle(one).fill !== "none"))
            .map((one) => one.getBoundingClientRect())
            .filter((one) => around(one, x, y) && one.height > 8);
          shape = shapes.sort((a, b) => a.width * a.height - b.width * b.height)[0] || null;
        }
        if (!inside(box, shape || picture)) {
          const by = shape || picture;
          wrong.push(`${number + 1}: ${text.textContent.trim()} (${box.width.toFixed(1)}×${box.height.toFixed(1)} in ${by.width.toFixed(1)}×${by.height.toFixed(1)})`);
        }
      }
    }
  });
  return { count, wrong };
})()
