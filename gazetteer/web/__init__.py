"""What every page is made of: base templates, components, filters, slots, pictures."""
