// The public page does not know who reads it: once asked, it shows the navigation for their role.

function reveal(role) {
  for (const part of document.querySelectorAll(`[data-for="${role}"]`)) part.hidden = false;
}

/** Asks who is signed in, on pages that say where to ask; for anybody else nothing changes. */
export async function startMe() {
  const person = document.querySelector('[data-me]');
  if (!person) return;
  let who;
  try {
    const headers = { Accept: 'application/json' };
    const response = await fetch(person.dataset.me, { redirect: 'manual', headers });
    if (!response.ok) return;
    who = await response.json();
  } catch {
    return; // the page is whole without it
  }
  person.querySelector('[data-me-login]').textContent = who.login;
  person.hidden = false;
  document.querySelector('[data-sign-in]')?.remove();
  reveal('user');
  if (who.staff) reveal('staff');
}
