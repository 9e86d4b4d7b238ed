// Leaving a field takes its error away: the button below moves while it is being pressed, and the press would come to nothing.
const stillPixels = 8;

/** A button that moves away under a pointer that stays is pressed all the same; dragging off it still takes the press back. */
export function keepPresses(): void {
  document.addEventListener("pointerdown", (down) => {
    const button = down.target instanceof Element ? down.target.closest("button") : null;
    if (!button || down.button !== 0) return;
    button.setPointerCapture(down.pointerId);
    button.addEventListener("pointermove", function move(event) {
      const isStill = Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) <= stillPixels;
      if (isStill && button.hasPointerCapture(down.pointerId)) return;
      button.removeEventListener("pointermove", move);
      if (!isStill && button.hasPointerCapture(down.pointerId)) button.releasePointerCapture(down.pointerId);
    });
  });
}
