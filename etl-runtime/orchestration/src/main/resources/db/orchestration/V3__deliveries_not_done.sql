-- For the metrics: deliveries are kept when they are done, so counting the others must not read all.
CREATE INDEX delivery_not_done ON delivery (state) WHERE state <> 'DONE';
