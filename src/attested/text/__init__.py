"""Pure text work with no domain in it: sentences, numbers, quotation marks, folding."""
