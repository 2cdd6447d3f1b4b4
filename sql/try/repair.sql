-- Die Praxis trägt den Vermerk nach. The practice fills in the note.
update practice.invoices set exemption_note = 'Umsatzsteuerfrei nach § 4 Nr. 14 UStG' where exemption_note is null;
