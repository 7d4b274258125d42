/* A receipt may come in the address behind "#", which no browser sends to the server: put it into the field. */
"use strict";
(() => {
  const field = document.getElementById("receipt");
  if (!field || field.value || location.hash.length < 3) return;
  try {
    field.value = decodeURIComponent(location.hash.slice(1));
  } catch (error) {
    /* What cannot be read stays out; the field is empty as without it. */
  }
})();
