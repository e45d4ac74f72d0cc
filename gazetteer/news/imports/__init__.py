"""Stories from files: text → lines → date, headline, paragraphs, caption, furniture → one story and a report."""
