// Before anything is drawn: the letters of 长者模式. And the worker that keeps the forms for when there is no network.
if (localStorage.getItem("elder")) document.documentElement.setAttribute("data-elder", "");
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/m/sw.js", { scope: "/m/" }).catch(() => {});
