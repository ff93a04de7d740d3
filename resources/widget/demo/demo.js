/** What the page of a site does with the chat: opens it, and says who is signed in. The token comes from the site's own server. */
const who = document.querySelector('#who');
const signIn = document.querySelector('#sign-in');

document.querySelector('#open').addEventListener('click', () => window.Meridian?.open());

signIn.addEventListener('click', async () => {
  if (signIn.dataset.in === 'yes') {
    // on a shared computer the next one must not read it
    window.Meridian?.forget();
    signIn.dataset.in = '';
    signIn.textContent = 'Sign in';
    who.textContent = 'Not signed in';
    return;
  }
  const answer = await fetch('identity');
  if (!answer.ok) {
    who.textContent = 'This demo signs nobody in: it has no identity secret';
    return;
  }
  const { token, name } = await answer.json();
  window.Meridian?.identify(token);
  signIn.dataset.in = 'yes';
  signIn.textContent = 'Sign out';
  who.textContent = `Signed in as ${name}`;
});
