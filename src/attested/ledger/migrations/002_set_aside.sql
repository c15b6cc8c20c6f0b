-- A page read at last takes the place of what was set aside under its path: found without a walk over all pages.
CREATE INDEX set_aside_by_input ON page (input) WHERE status = 'set aside';
