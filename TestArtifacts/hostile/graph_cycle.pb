
;
xPlaceholder*
dtype0*
shape:ÿÿÿÿÿÿÿÿÿ

aAddV2xb*
T0

bRelua*
T0"†
