use eucrasia::graph::*; use eucrasia::knowledge::*; use eucrasia::reason::{network::*,plan::*,support::*}; use eucrasia::case::*;
fn main(){
  let k=Knowledge::embedded().ok().unwrap();
  let mut input=Input::default();
  for a in std::env::args().skip(1){ if let Some(f)=a.strip_prefix("+"){input.facts.push((f.into(),true));} else if let Some(f)=a.strip_prefix("-"){input.absent.push(f.into());} else {input.present.push(a);} }
  let case=Case::resolve(&input,&k).unwrap(); println!("{:?} {:?}",case.unrecognised,case.notices);
  let g=Graph::compile_with(&k,Options::default(),&case.terms());
  let ev=case.evidence(&g,&k);
  let order:Vec<_>=g.vars().map(|x|x.0).collect();
  let t=std::time::Instant::now();
  let sup=Support::new(&g,&ev,order.iter().copied());
  let net=Network::build(&g,&ev,&sup,&[]);
  println!("vars {} model {} build {:?}",net.vars.len(),net.of.len(),t.elapsed());
  let t=std::time::Instant::now();
  match Plan::new(&net,usize::MAX/4) {Ok(p)=>{println!("cells {} plan {:?}",p.cells,t.elapsed()); let mut r=p.ranks(&net); for _ in 0..4 { let n2=Network::rebuild(&g,&ev,&sup,&[],r.clone()); let p2=Plan::new(&n2,usize::MAX/4).unwrap(); println!(" again {}",p2.cells); r=p2.ranks(&n2);} },Err(c)=>println!("fail {c}")}
  for (v,n) in &net.of { println!("{} {} parents {}", g.id(*v,&k), net.vars[*n].card, g.parents(*v).iter().filter(|p|net.of.contains_key(p)).count()); }
}
