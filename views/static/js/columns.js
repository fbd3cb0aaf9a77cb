// Which columns of the lists of jobs are shown: the reader's choice, kept in this browser. A list
// that is not wider than its place lets the page scroll under its head.
const KEY = 'portal-hidden-columns';
const root = document.documentElement;

function stored() {
  try {
    return new Set((localStorage.getItem(KEY) ?? '').split(' ').filter(Boolean));
  } catch {
    return new Set(); // storage may be forbidden
  }
}

function keep(hidden) {
  try {
    localStorage.setItem(KEY, [...hidden].join(' '));
  } catch {
    // then it holds for this page
  }
}

function fit() {
  for (const box of document.querySelectorAll('.is-jobs')) {
    box.classList.toggle('is-fitting', box.firstElementChild.offsetWidth <= box.clientWidth);
  }
}

/** Hides what was chosen before and makes the choice work: checkboxes with a column as value. */
export function startColumns() {
  const choice = document.querySelector('[data-columns]');
  const hidden = stored();
  const show = () => {
    // Only where they can be brought back.
    if (choice) root.dataset.hide = [...hidden].join(' ');
    fit();
  };
  show();
  addEventListener('resize', fit);
  if (!choice) return;
  choice.hidden = false;
  for (const box of choice.querySelectorAll('input')) {
    box.checked = !hidden.has(box.value);
    box.addEventListener('change', () => {
      if (box.checked) hidden.delete(box.value);
      else hidden.add(box.value);
      keep(hidden);
      show();
    });
  }
}
