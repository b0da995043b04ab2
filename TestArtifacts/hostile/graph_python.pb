
;
xPlaceholder*
dtype0*
shape:ÿÿÿÿÿÿÿÿÿ
0
yPyFuncx*
Tin
0*
token
pyfunc_0"†
